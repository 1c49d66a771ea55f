import { type Service, services } from '@app/domain';

/** The same database, as each service's own role sees it. */
export function serviceUrls(databaseUrl: string, password: string): Record<Service, string> {
  const urls = services.map((service) => {
    const url = new URL(databaseUrl);
    url.username = `windfall_${service}`;
    url.password = password;
    return [service, url.href] as const;
  });
  return Object.fromEntries(urls) as Record<Service, string>;
}
