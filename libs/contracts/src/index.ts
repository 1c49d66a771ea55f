export { allEvents } from './all-events.js';
export { type CloudEvent, type DataOf, type EventContract, type EventOf } from './define-event.js';
export { describeEvents } from './describe-events.js';
export {
  type AddDifficulty,
  addDifficulty,
  addDifficultyReply,
  type AddDifficultyReply,
  retarget,
  type RetargetBody,
} from './difficulty/add-difficulty.js';
export * from './events/index.js';
export { type JobCause, type Job, type JobState, job, jobCause, jobState } from './jobs/job.js';
export {
  type CancelJob,
  cancelJob,
  type DateHolder,
  dateHolder,
  type JobReply,
  jobReply,
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
export { type JobKind, type JobRequest, jobRequest } from './jobs/job-request.js';
export { sampling, type Sampling } from './jobs/sampling.js';
export { addFaultsOf, checkRange, type FaultParams, MAX_RANGE_DAYS, settlementDate } from './jobs/settlement-date.js';
export { replyError, type ReplyError } from './reply-error.js';
