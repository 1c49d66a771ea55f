import { CreateRoles1763769600000 } from './1763769600000-create-roles.js';
import { CreateIngestion1763769600001 } from './1763769600001-create-ingestion.js';
import { CreateCalculation1763769600002 } from './1763769600002-create-calculation.js';
import { CreateSummary1763769600003 } from './1763769600003-create-summary.js';
import { CreateReconciliation1763769600004 } from './1763769600004-create-reconciliation.js';
import { GiveItemsSteps1763800000000 } from './1763800000000-give-items-steps.js';
import { CreateVerificationReports1763800100000 } from './1763800100000-create-verification-reports.js';
import { CreateAlerts1763800200000 } from './1763800200000-create-alerts.js';
import { CreateWindGeneration1763800300000 } from './1763800300000-create-wind-generation.js';
import { CountMonths1763800310000 } from './1763800310000-count-months.js';
import { TellServerLoad1763800320000 } from './1763800320000-tell-server-load.js';
import { CreateAuditLog1763800400000 } from './1763800400000-create-audit-log.js';
import { TellJobEvents1763800401000 } from './1763800401000-tell-job-events.js';
import { ClaimOutboxRows1763800500000 } from './1763800500000-claim-outbox-rows.js';
import { CountCalculationsByDay1763800530000 } from './1763800530000-count-calculations-by-day.js';
import { CountMonthsByIndex1763800531000 } from './1763800531000-count-months-by-index.js';
import { IndexRunningItems1763800700000 } from './1763800700000-index-running-items.js';
import { TellAlteredWindGeneration1763801000000 } from './1763801000000-tell-altered-wind-generation.js';

/** In order. A merged migration is never edited; a change is a new file at the end. */
export const migrations = [
  CreateRoles1763769600000,
  CreateIngestion1763769600001,
  CreateCalculation1763769600002,
  CreateSummary1763769600003,
  CreateReconciliation1763769600004,
  GiveItemsSteps1763800000000,
  CreateVerificationReports1763800100000,
  CreateAlerts1763800200000,
  CreateWindGeneration1763800300000,
  CountMonths1763800310000,
  TellServerLoad1763800320000,
  CreateAuditLog1763800400000,
  TellJobEvents1763800401000,
  ClaimOutboxRows1763800500000,
  CountCalculationsByDay1763800530000,
  CountMonthsByIndex1763800531000,
  IndexRunningItems1763800700000,
  TellAlteredWindGeneration1763801000000,
];
