import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ProcessPlan, programPlan, type StateFolders } from '@app/embedded';

// This file is dist/dev/src/service-plan.js.
const dist = fileURLToPath(new URL('../../', import.meta.url));

/** Where the stack keeps its state unless WINDFALL_HOME says so. */
export const checkout = fileURLToPath(new URL('../../../', import.meta.url));

/** The program that brings a database to the newest schema. */
export const migrateProgram = join(dist, 'libs/database/src/run-migrations.js');

/** Started for tests and the demonstration only, so it is not made into one file as the services are. */
export const simulator = 'elexon-simulator';

/**
 * How a service or the simulator is run.
 *
 * @param name     of its folder in `apps`
 * @param readyUrl answers 200 once it can do its work
 */
export function servicePlan(
  name: string,
  readyUrl: string,
  env: NodeJS.ProcessEnv,
  folders: StateFolders,
): ProcessPlan {
  const program = name === simulator ? `apps/${name}/src/main.js` : `services/${name}.js`;
  return programPlan(name, join(dist, program), readyUrl, env, folders);
}
