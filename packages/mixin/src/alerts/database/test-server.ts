/** The labels of a PostgreSQL server in tests of alerts: those of its exporter, whose target says its environment. */
export const server = {
  deployment_environment_name: 'production',
  job: 'postgres-exporter',
  instance: '10.0.0.5:9187',
} as const;
