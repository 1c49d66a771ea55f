/** The five that work together: each a process, and a role of the database. */
export const services = ['ingestion', 'calculator', 'aggregator', 'reconciler', 'gateway'] as const;
export type Service = (typeof services)[number];
