import type { Service } from './service.ts';
import type { ServiceName } from './service-names.ts';
import { alertmanager } from './services/alertmanager.ts';
import { collector } from './services/collector.ts';
import { mysqlExporter } from './services/mysql-exporter.ts';
import { nodeExporter } from './services/node-exporter.ts';
import { postgres } from './services/postgres.ts';
import { postgresExporter } from './services/postgres-exporter.ts';
import { promLabelProxy } from './services/prom-label-proxy.ts';
import { prometheus } from './services/prometheus.ts';
import { prometheusGuard } from './services/prometheus-guard.ts';
import { redis } from './services/redis.ts';
import { redisExporter } from './services/redis-exporter.ts';

export const SERVICE_TABLE: Readonly<Record<ServiceName, Service>> = {
  postgres,
  redis,
  prometheus,
  'prometheus-guard': prometheusGuard,
  alertmanager,
  collector,
  'prom-label-proxy': promLabelProxy,
  'node-exporter': nodeExporter,
  'postgres-exporter': postgresExporter,
  'redis-exporter': redisExporter,
  'mysql-exporter': mysqlExporter,
};
