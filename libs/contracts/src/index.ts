export { allEvents } from './all-events.js';
export { deadLetter, type DeadLetter } from './dead-letters/dead-letter.js';
export {
  deadLetterReplay,
  type DeadLetterReplay,
  deadLettersReplayed,
  type DeadLettersReplayed,
  durable,
  listDeadLetters,
  type ListDeadLetters,
  listDeadLettersReply,
  type ListDeadLettersReply,
  MAX_DEAD_LETTERS_LISTED,
  MAX_DEAD_LETTERS_REPLAYED,
  replayDeadLetters,
  type ReplayDeadLetters,
  replayDeadLettersReply,
  type ReplayDeadLettersReply,
} from './dead-letters/dead-letter-commands.js';
export { type CloudEvent, type DataOf, type EventContract, type EventOf } from './define-event.js';
export { describeEvents } from './describe-events.js';
export { DATES_PER_REQUEST, DATES_UNDER_WAY } from './fields.js';
export {
  type AddDifficulty,
  addDifficulty,
  addDifficultyReply,
  type AddDifficultyReply,
  retarget,
  retargetAddition,
  type RetargetAddition,
  type RetargetBody,
} from './difficulty/add-difficulty.js';
export {
  difficultyUpdate,
  type DifficultyUpdate,
  type UpdateDifficulty,
  updateDifficulty,
  type UpdatedDifficulty,
  updatedDifficulty,
  updateDifficultyReply,
  type UpdateDifficultyReply,
} from './difficulty/update-difficulty.js';
export * from './events/index.js';
export { MAX_NAMED_UNITS } from './events/register-compared.v1.js';
export { type JobCause, type Job, type JobState, job, jobCause, jobState } from './jobs/job.js';
export {
  type CancelJob,
  cancelJob,
  type DateHolder,
  dateHolder,
  type JobOrder,
  jobOrder,
  type JobReply,
  jobReply,
  type PlanJob,
  planJob,
  type PlanReply,
  planReply,
  type ResumeJob,
  resumeJob,
  type SubmitJob,
  submitJob,
} from './jobs/job-commands.js';
export {
  type JobItem,
  type JobItemFigures,
  type JobItemState,
  jobItem,
  jobItemFigures,
  jobItemState,
} from './jobs/job-item.js';
export { type JobPlan, jobPlan, type PlannedItem } from './jobs/job-plan.js';
export { type JobKind, type JobRequest, jobRequest, type VerifyRequest, verifyRequest } from './jobs/job-request.js';
export { sampling, type Sampling } from './jobs/sampling.js';
export { addFaultsOf, checkRange, type FaultParams, MAX_RANGE_DAYS, settlementDate } from './jobs/settlement-date.js';
export { replyError, type ReplyError } from './reply-error.js';
