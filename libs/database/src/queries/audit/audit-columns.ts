/** A row of the audit log as the domain knows it. */
export const auditColumns = `
  sequence, at, action, requested_by as "requestedBy", arguments, reason, plan_hash as "planHash", job_id as "jobId", outcome, cause,
  before_digest as "beforeDigest", after_digest as "afterDigest", previous_hash as "previousHash", hash`;
