const services = ['ingestion', 'calculator', 'aggregator', 'reconciler', 'gateway'] as const;

export type DatabaseUser = (typeof services)[number];

/** The same database, as each service's own role sees it. */
export function serviceUrls(databaseUrl: string, password: string): Record<DatabaseUser, string> {
  const urls = services.map((service) => {
    const url = new URL(databaseUrl);
    url.username = `windfall_${service}`;
    url.password = password;
    return [service, url.href] as const;
  });
  return Object.fromEntries(urls) as Record<DatabaseUser, string>;
}
