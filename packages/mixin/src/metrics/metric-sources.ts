import type { ResolvedSpec } from '../monitoring-spec.ts';
import { alertmanagerServer } from './alertmanager-server.ts';
import { backup } from './backup.ts';
import { cadvisor } from './cadvisor.ts';
import { collector } from './collector.ts';
import { type Metric, metricOf } from './metric.ts';
import { mysql } from './mysql-exporter.ts';
import { node } from './node-exporter.ts';
import { runtime } from './node-runtime.ts';
import { postgres } from './postgres-exporter.ts';
import { postgresTables } from './postgres-tables.ts';
import { prometheusServer } from './prometheus-server.ts';
import { redis } from './redis-exporter.ts';
import { up } from './scrape.ts';
import { bellwether, db, http, prisma, sdk } from './sdk-metrics.ts';
import { spanDuration } from './span-metrics.ts';
import { targetInfo } from './target-info.ts';

/** Metrics that come from one place. */
export interface MetricSource {
  readonly title: string;
  /** Completes "Emitted by". */
  readonly emitter: string;
  readonly metrics: readonly Metric[];
}

/** Every metric that anything generated may be about, the team's own first. */
export function metricSources({ catalogs }: ResolvedSpec): readonly MetricSource[] {
  const emitter = '`@bellwether/sdk`';
  return [
    ...catalogs.map(({ scope, instruments }) => ({
      title: `Catalog ${scope}`,
      emitter: `the code, through \`defineMeters('${scope}', ...)\``,
      metrics: instruments.map(metricOf),
    })),
    source('HTTP', emitter, http),
    source('Database client', emitter, db),
    source('Prisma', emitter, prisma),
    source('Node.js', emitter, runtime),
    source('SDK about itself', emitter, sdk),
    source('Telemetry about itself', '`@bellwether/meters`', bellwether),
    source('Backups', '`bellwether backup`', backup),
    source('Spans', "the Collector's `span_metrics` connector", { spanDuration }),
    source('Machine', 'node_exporter', node),
    source('Containers', 'cAdvisor', cadvisor),
    source('PostgreSQL', 'postgres_exporter', postgres),
    source('PostgreSQL tables', 'postgres_exporter', postgresTables),
    source('MySQL and MariaDB', 'mysqld_exporter', mysql),
    source('Redis', 'redis_exporter', redis),
    source('Collector', 'the OpenTelemetry Collector', collector),
    source('Prometheus', 'Prometheus', prometheusServer),
    source('Alertmanager', 'Alertmanager', alertmanagerServer),
    source('Targets', 'Prometheus, for each of its targets', { up, targetInfo }),
  ];
}

function source(
  title: string,
  emitter: string,
  metrics: Readonly<Record<string, Metric>>,
): MetricSource {
  return { title, emitter, metrics: Object.values(metrics) };
}
