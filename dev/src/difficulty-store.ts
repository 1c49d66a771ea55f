import { DifficultyTable } from '@app/difficulty';

/** Every client of AWS wants a region and a key; dynalite takes any. */
export const dynaliteCredentials = {
  AWS_REGION: 'eu-west-2',
  AWS_ACCESS_KEY_ID: 'dynalite',
  AWS_SECRET_ACCESS_KEY: 'dynalite',
};

const knownForMs = 20 * 86_400_000;

// The client would tell whoever starts the stack that later versions of it need a later Node.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** The table that the variables name, as the services read them. */
export function difficultyTable(env: NodeJS.ProcessEnv): DifficultyTable {
  return new DifficultyTable({
    endpoint: env.DYNAMODB_ENDPOINT || undefined,
    region: env.AWS_REGION || dynaliteCredentials.AWS_REGION,
    table: env.DYNAMODB_DIFFICULTY_TABLE || 'windfall-difficulty',
  });
}

/** What to tell the operator of a live feed when the newest days cannot be calculated; undefined when they can. */
export async function waitingForDifficulty(table: DifficultyTable, now: Date): Promise<string | undefined> {
  const nowAt = now.toISOString();
  const newest = (await table.readRetargets({ fromAt: nowAt, toAt: nowAt })).at(-1);
  if (newest === undefined)
    return 'No difficulty is known: every day waits for one; add retargets with POST /api/difficulty';
  const knownUntilMs = newest.fromUnix * 1_000 + knownForMs;
  if (now.getTime() <= knownUntilMs) return undefined;
  const until = new Date(knownUntilMs).toISOString().replace('.000Z', 'Z');
  return (
    `The newest known difficulty is that of block ${newest.height}, which tells nothing after ${until}: ` +
    'days from then on wait for a difficulty; add the retargets since with POST /api/difficulty'
  );
}
