/** The labels of a MySQL or MariaDB server in tests of alerts: those of its exporter. */
export const server = { job: 'mysql-exporter', instance: '10.0.0.6:9104' } as const;
