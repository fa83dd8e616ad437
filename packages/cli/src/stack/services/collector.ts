import { join } from 'node:path';
import { httpReady } from '../http-ready.ts';
import type { Service } from '../service.ts';

const MEMORY_MIB = 512;

export const collector: Service = {
  name: 'collector',
  needs: ['prometheus'],
  program: 'otelcol',
  command: (run) => ({
    file: run.program,
    args: ['--config', run.files.collectorConfig],
    env: {
      GOMEMLIMIT: `${Math.floor(MEMORY_MIB * 0.8)}MiB`,
      BELLWETHER_COLLECTOR_MEMORY_MIB: String(MEMORY_MIB),
      BELLWETHER_COLLECTOR_HOST: '127.0.0.1',
      BELLWETHER_COLLECTOR_GRPC_PORT: String(run.port('collectorGrpc')),
      BELLWETHER_COLLECTOR_HTTP_PORT: String(run.port('collectorHttp')),
      BELLWETHER_COLLECTOR_HEALTH_PORT: String(run.port('collectorHealth')),
      BELLWETHER_COLLECTOR_METRICS_PORT: String(run.port('collectorMetrics')),
      BELLWETHER_COLLECTOR_QUEUE_DIR: join(run.folder, 'queue'),
      ...(run.has('prometheus') && {
        BELLWETHER_PROMETHEUS_OTLP_URL: `http://127.0.0.1:${run.port('prometheus')}/api/v1/otlp/v1/metrics`,
      }),
      ...(run.settings.collector?.exportUrl !== undefined && {
        BELLWETHER_PROMETHEUS_OTLP_URL: run.settings.collector.exportUrl,
      }),
      ...(run.settings.collector?.queueItems !== undefined && {
        BELLWETHER_COLLECTOR_QUEUE_ITEMS: String(run.settings.collector.queueItems),
      }),
    },
  }),
  ready: (run) => httpReady(`http://127.0.0.1:${run.port('collectorHealth')}/`),
};
