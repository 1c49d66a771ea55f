import { resolve } from 'node:path';
import { CannotStart } from '@app/embedded';

/** What a user may decide by the environment; what is named here is external and is not started. */
export interface Settings {
  stateFolder: string | undefined;
  /** 0: any free one. */
  port: number;
  databaseUrl: string | undefined;
  natsUrl: string | undefined;
  /** An empty one is AWS itself. */
  dynamoEndpoint: string | undefined;
  elexonBaseUrl: string | undefined;
}

/** @throws {CannotStart} naming the variable that cannot be used */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  // Compose and Kubernetes files cannot leave a variable out, so an empty one counts as unset.
  const given = (name: string) => env[name] || undefined;
  const home = given('WINDFALL_HOME');
  return {
    stateFolder: home === undefined ? undefined : resolve(home),
    port: readPort(given('PORT')),
    databaseUrl: readUrl('DATABASE_URL', given('DATABASE_URL')),
    natsUrl: readUrl('NATS_URL', given('NATS_URL')),
    dynamoEndpoint: env.DYNAMODB_ENDPOINT,
    elexonBaseUrl: readUrl('ELEXON_BASE_URL', given('ELEXON_BASE_URL')),
  };
}

function readPort(text = '3000'): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new CannotStart(`PORT must be a number up to 65535, not ${text}`);
}

function readUrl(name: string, text: string | undefined): string | undefined {
  // The value stays out of the message: an address may hold a password.
  if (text !== undefined && !URL.canParse(text)) throw new CannotStart(`${name} is not an address such as http://…`);
  return text;
}
