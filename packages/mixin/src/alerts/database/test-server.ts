/** The labels of a PostgreSQL server in tests of alerts: those of its exporter. */
export const server = { job: 'postgres-exporter', instance: '10.0.0.5:9187' } as const;
