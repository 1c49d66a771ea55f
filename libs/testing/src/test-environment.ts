/** A migrated database without rows, of which each test file gets a copy. */
export const templateDatabase = 'windfall_template';

interface TestEnvironment {
  /** Deleted at the end of the run. */
  folder: string;
  databaseUrl: string;
  servicePassword: string;
  natsServerBinary: string;
}

/** What the global setup found and started. */
export function testEnvironment(): TestEnvironment {
  return {
    folder: valueOf('WINDFALL_TEST_FOLDER'),
    databaseUrl: valueOf('WINDFALL_TEST_DATABASE_URL'),
    servicePassword: valueOf('WINDFALL_TEST_SERVICE_PASSWORD'),
    natsServerBinary: valueOf('WINDFALL_TEST_NATS_SERVER_BIN'),
  };
}

function valueOf(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: only *.int-spec.ts and *.e2e-spec.ts have stores`);
  return value;
}
