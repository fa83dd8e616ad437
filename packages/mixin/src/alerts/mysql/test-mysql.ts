/** The labels of a MySQL or MariaDB server in tests of alerts: those of its exporter. */
export const server = {
  deployment_environment_name: 'production',
  job: 'mysql-exporter',
  instance: '10.0.0.6:9104',
} as const;
