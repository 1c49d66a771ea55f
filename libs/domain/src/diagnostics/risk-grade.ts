/** What was measured of the platform's surroundings; null where it could not be measured. */
export interface Measured {
  /** Null when the database cannot be reached. */
  readonly database: {
    readonly connectMs: number;
    readonly simpleMs: number;
    readonly moderateMs: number;
    readonly complexMs: number;
    readonly connections: number;
    readonly maxConnections: number;
    /** Sessions that wait for a lock. */
    readonly waiting: number;
    /** Statements that have run for more than five seconds. */
    readonly slowStatements: number;
    /** Events that wait to be published for more than a minute. */
    readonly unpublished: number;
  } | null;
  /** Null when NATS cannot be reached. */
  readonly nats: { readonly lag: number; readonly deadLetters: number } | null;
  /** Null when the difficulty table cannot be read. */
  readonly difficulty: { readonly ms: number } | null;
  /** Null when Elexon cannot be reached. */
  readonly source: { readonly ms: number; readonly clockSkewMs: number | null } | null;
}

export type Risk = 'low' | 'medium' | 'high' | 'critical';

export interface Finding {
  readonly subject: 'database' | 'nats' | 'difficulty' | 'source' | 'clock';
  readonly risk: Risk;
  /** What is the matter, and what to do. */
  readonly advice: string;
}

export interface Diagnosis {
  /** The worst of the findings; `low` without any. */
  readonly risk: Risk;
  readonly findings: readonly Finding[];
}

const RISKS: readonly Risk[] = ['low', 'medium', 'high', 'critical'];

/** From which value on something is of which risk. Times are ten and a hundred times what a healthy machine needs. */
const THRESHOLDS = {
  connectMs: { medium: 100, high: 1_000 },
  simpleMs: { medium: 20, high: 250 },
  moderateMs: { medium: 100, high: 1_000 },
  complexMs: { medium: 1_000, high: 10_000 },
  /** Share of the connections that the server takes. */
  connections: { medium: 0.7, high: 0.9 },
  waiting: { medium: 1, high: 10 },
  slowStatements: { medium: 1, high: 5 },
  unpublished: { medium: 1, high: 100 },
  lag: { medium: 100, high: 5_000 },
  deadLetters: { medium: 1, high: 50 },
  outsideMs: { medium: 1_000, high: 5_000 },
  /** A period is published 20 minutes after its end: a clock that is wrong by minutes asks too early. */
  clockSkewMs: { medium: 5_000, high: 60_000 },
} as const satisfies Record<string, { medium: number; high: number }>;

/**
 * How much the measured surroundings endanger the platform's work, and what to do about it.
 *
 * Nothing to reach the database is critical, since nothing can be read then; nothing else is: reading goes on.
 */
export function gradeRisk({ database, nats, difficulty, source }: Measured): Diagnosis {
  const findings = [
    ...(database === null ? [databaseAway] : databaseFindings(database)),
    ...(nats === null ? [natsAway] : natsFindings(nats)),
    ...(difficulty === null ? [difficultyAway] : judged('difficulty', 'outsideMs', difficulty.ms, slowDifficulty)),
    ...(source === null ? [sourceAway] : judged('source', 'outsideMs', source.ms, slowSource)),
    ...judged('clock', 'clockSkewMs', Math.abs(source?.clockSkewMs ?? 0), wrongClock),
  ];
  const worst = Math.max(0, ...findings.map((finding) => RISKS.indexOf(finding.risk)));
  return { risk: RISKS[worst] ?? 'low', findings };
}

const databaseAway: Finding = {
  subject: 'database',
  risk: 'critical',
  advice:
    'PostgreSQL cannot be reached: nothing can be read or written. See whether it runs and GATEWAY_DATABASE_URL is right.',
};
const natsAway: Finding = {
  subject: 'nats',
  risk: 'high',
  advice:
    'NATS cannot be reached: nothing new is fetched or derived, and nothing is lost. See whether it runs and NATS_URL is right.',
};
const difficultyAway: Finding = {
  subject: 'difficulty',
  risk: 'high',
  advice:
    'The difficulty table cannot be read: nothing new is calculated. See DYNAMODB_ENDPOINT, AWS_REGION and the credentials.',
};
const sourceAway: Finding = {
  subject: 'source',
  risk: 'high',
  advice: 'Elexon cannot be reached: nothing new is fetched. See ELEXON_BASE_URL, and whether the API is down.',
};

type Advice = (value: number) => string;
const slowDifficulty: Advice = (ms) => `The difficulty table answers in ${ms} ms; see its load and its region.`;
const slowSource: Advice = (ms) =>
  `Elexon answers in ${ms} ms; a day is 48 requests, so lower ELEXON_MAX_CONCURRENCY or wait.`;
const wrongClock: Advice = (ms) => `The clock differs from Elexon's by ${ms} ms; let it be set by NTP.`;

function databaseFindings(database: NonNullable<Measured['database']>): Finding[] {
  const {
    connectMs,
    simpleMs,
    moderateMs,
    complexMs,
    connections,
    maxConnections,
    waiting,
    slowStatements,
    unpublished,
  } = database;
  const share = connections / maxConnections;
  return [
    judged(
      'database',
      'connectMs',
      connectMs,
      (ms) => `A connection takes ${ms} ms; see the network and the server's load.`,
    ),
    judged(
      'database',
      'simpleMs',
      simpleMs,
      (ms) => `The simplest query takes ${ms} ms; see the network and the server's load.`,
    ),
    judged(
      'database',
      'moderateMs',
      moderateMs,
      (ms) => `A month's figures take ${ms} ms; see the server's load and memory.`,
    ),
    judged(
      'database',
      'complexMs',
      complexMs,
      (ms) => `Counting all days takes ${ms} ms; run ANALYZE, and see the disk.`,
    ),
    judged(
      'database',
      'connections',
      share,
      () => `${connections} of ${maxConnections} connections are taken; raise max_connections, or run fewer replicas.`,
    ),
    judged(
      'database',
      'waiting',
      waiting,
      (count) => `${count} sessions wait for a lock; see pg_blocking_pids for who holds it.`,
    ),
    judged(
      'database',
      'slowStatements',
      slowStatements,
      (count) =>
        `${count} statements have run for more than 5 s; see pg_stat_activity, where each service has its name.`,
    ),
    judged(
      'database',
      'unpublished',
      unpublished,
      (count) =>
        `${count} events wait to be published for more than a minute; see whether the services run and reach NATS.`,
    ),
  ].flat();
}

function natsFindings({ lag, deadLetters }: NonNullable<Measured['nats']>): Finding[] {
  return [
    ...judged(
      'nats',
      'lag',
      lag,
      (count) => `${count} events are not handled yet; see whether the services run, or add replicas.`,
    ),
    ...judged(
      'nats',
      'deadLetters',
      deadLetters,
      (count) =>
        `${count} events were given up; read their causes at /api/reconciliation/dead-letters and send them again.`,
    ),
  ];
}

function judged(subject: Finding['subject'], of: keyof typeof THRESHOLDS, value: number, advice: Advice): Finding[] {
  const { medium, high } = THRESHOLDS[of];
  if (value < medium) return [];
  return [{ subject, risk: value < high ? 'medium' : 'high', advice: advice(value) }];
}
