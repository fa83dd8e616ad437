import { type DebianProgram, ensureDebianProgram } from '../../servers/ensure-debian-program.ts';
import { httpReady } from '../http-ready.ts';
import type { Service } from '../service.ts';

export const REDIS_EXPORTER: DebianProgram = {
  name: 'redis_exporter',
  variable: 'BELLWETHER_REDIS_EXPORTER',
  onPath: ['redis_exporter', 'prometheus-redis-exporter'],
  package: 'prometheus-redis-exporter',
  file: 'usr/bin/prometheus-redis-exporter',
};

export const redisExporter: Service = {
  name: 'redis-exporter',
  needs: ['redis'],
  optional: true,
  program: async (context, say) =>
    (await ensureDebianProgram(REDIS_EXPORTER, { context, say })).file,
  command: (run) => ({
    file: run.program,
    args: [
      `-redis.addr=redis://127.0.0.1:${run.port('redis')}`,
      `-web.listen-address=127.0.0.1:${run.port('redisExporter')}`,
      '-redis-only-metrics',
      '-log-format=json',
    ],
  }),
  ready: (run) => httpReady(`http://127.0.0.1:${run.port('redisExporter')}/health`),
};
