import { join } from 'node:path';
import { type Service, services } from '@app/domain';
import { keptSecret, type StateFolders } from '@app/embedded';

export const variableOf = (service: Service) => `${service.toUpperCase()}_DATABASE_URL`;

/**
 * The database as each service's own role sees it. An address in the environment counts where the database is external
 * too; else the role gets a password of its own, which is kept.
 */
export function databaseUrls(
  databaseUrl: string,
  env: NodeJS.ProcessEnv,
  folders: StateFolders,
): Record<Service, string> {
  const urls = services.map((service) => {
    const given = env.DATABASE_URL ? env[variableOf(service)] : undefined;
    if (given) return [service, given] as const;
    const url = new URL(databaseUrl);
    url.username = `windfall_${service}`;
    url.password = keptSecret(join(folders.state, `${service}.password`));
    return [service, url.href] as const;
  });
  return Object.fromEntries(urls) as Record<Service, string>;
}
