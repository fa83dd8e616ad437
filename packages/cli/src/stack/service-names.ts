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

export type ServiceName = (typeof SERVICE_NAMES)[number];

export const isServiceName = (name: string): name is ServiceName =>
  (SERVICE_NAMES as readonly string[]).includes(name);
