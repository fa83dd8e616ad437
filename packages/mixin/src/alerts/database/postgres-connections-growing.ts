import { uids } from '../../dashboards/uids.ts';
import { postgres } from '../../metrics/postgres-exporter.ts';
import { postgresSessionsForecast } from '../../queries/capacity-queries.ts';
import { poolConnections, poolMax } from '../../queries/database-queries.ts';
import {
  postgresConnectionShare,
  postgresMaxConnections,
  postgresSessions,
} from '../../queries/postgres-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVER } from '../../query/service-labels.ts';
import { durationSeconds } from '../../spec/duration.ts';
import { capacityThresholds } from '../../thresholds/capacity-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, sql, steps } from '../prose.ts';
import { series } from '../test-series.ts';
import { server } from './test-server.ts';

const { warning } = capacityThresholds.connections;
const labels = { ...server, server: '10.0.0.5:5432' };
const max = series(postgres.maxConnections, labels);
const sessions = series(postgres.sessions, { ...labels, datname: 'shop', state: 'idle' });

export const postgresConnectionsGrowing: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('6h'), spec.histograms);
  const day = String(durationSeconds(spec.time('24h')));
  const look = ruleScope('6h', spec.histograms);
  return {
    name: 'PostgresConnectionsGrowing',
    severity: 'warning',
    team: 'platform',
    expr: `${postgresConnectionShare(scope)} > ${warning} and ${postgresSessionsForecast(day, scope, spec.time('10m'))} > ${postgresMaxConnections(scope)}`,
    for: spec.time('1h'),
    keepFiringFor: spec.time('1h'),
    summary:
      'PostgreSQL behind {{ $labels.instance }} has {{ $value | humanizePercentage }} of its connections in use, and all of them within a day',
    description:
      'Connections grow without an end: something opens them and does not close them, or more and more replicas do. When all are in use the next one is refused.',
    dashboard: { uid: uids.capacity, variables: { 'var-instance': 'instance' } },
    runbook: {
      symptom: `More than ${percent(warning)} of \`max_connections\` are in use, and a line through the last six hours reaches all of them within a day. It has done so for an hour.`,
      meaning: 'Nothing today. Tomorrow a deploy, a migration or a person with psql is refused.',
      look: blocks(
        'Whose are they? More than the pools of our services may have is somebody else:',
        promql(
          postgresSessions(look, [...SERVER, 'datname', 'state']),
          poolConnections(look, ['service_name', 'instance']),
          poolMax(look, ['service_name']),
        ),
        sql(
          'SELECT usename, application_name, client_addr, state, count(*), min(backend_start) FROM pg_stat_activity GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC;',
        ),
      ),
      mend: steps(
        'Idle ones of a program that does not close them: restart it, then mend it: one pool for each process, not for each request.',
        'Old replicas still run beside new ones: end them.',
        'It is growth: smaller pools, or PgBouncer in front, before a larger `max_connections`.',
      ),
    },
    tests: [
      {
        name: '60 of 100 and three more each hour',
        interval: '10m',
        series: { [max]: '100x60', [sessions]: '40+0.5x60' },
        at: '8h',
        fires: [server],
      },
      {
        name: '60 of 100, as ever',
        interval: '10m',
        series: { [max]: '100x60', [sessions]: '60x60' },
        at: '8h',
        fires: [],
      },
      {
        name: 'from 5 to 29 since the morning: growth, and room enough',
        interval: '10m',
        series: { [max]: '100x60', [sessions]: '5+0.5x60' },
        at: '8h',
        fires: [],
      },
    ],
  };
};
