export { aggregationRequestedV1 } from './aggregation-requested.v1.js';
export { calculationCompletedV1 } from './calculation-completed.v1.js';
export { calculationRequestedV1 } from './calculation-requested.v1.js';
export { curtailmentIngestedV1 } from './curtailment-ingested.v1.js';
export { difficultyUpdatedV1 } from './difficulty-updated.v1.js';
export { ingestionRequestedV1 } from './ingestion-requested.v1.js';
export { summaryUpdatedV1 } from './summary-updated.v1.js';
export { windGenerationIngestedV1 } from './wind-generation-ingested.v1.js';
