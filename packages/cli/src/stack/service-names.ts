/** The services of the stack, in the order in which people think of them. */
export const SERVICE_NAMES = [
  'postgres',
  'redis',
  'prometheus',
  'alertmanager',
  'collector',
  'prom-label-proxy',
  'node-exporter',
  'postgres-exporter',
  'redis-exporter',
] as const;

/** `prometheus-guard` is part of a stack that can be backed up, `mysql-exporter` of one that names a MySQL, and of no other. */
export type ServiceName = (typeof SERVICE_NAMES)[number] | 'prometheus-guard' | 'mysql-exporter';

export const isServiceName = (name: string): name is ServiceName =>
  (SERVICE_NAMES as readonly string[]).includes(name);
