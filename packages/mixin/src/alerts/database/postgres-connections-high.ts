import { uids } from '../../dashboards/uids.ts';
import { postgres } from '../../metrics/postgres-exporter.ts';
import { poolConnections, poolMax } from '../../queries/database-queries.ts';
import { postgresConnectionShare, postgresSessions } from '../../queries/postgres-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVER } from '../../query/service-labels.ts';
import { databaseThresholds } from '../../thresholds/database-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, sql, steps } from '../prose.ts';
import { series } from '../test-series.ts';
import { server } from './test-server.ts';

const { warning } = databaseThresholds.connectionShare;
const max = series(postgres.maxConnections, { ...server, server: '10.0.0.5:5432' });
const sessions = (datname: string, state: string) =>
  series(postgres.sessions, { ...server, server: '10.0.0.5:5432', datname, state });

export const postgresConnectionsHigh: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'PostgresConnectionsHigh',
    severity: 'warning',
    team: 'platform',
    expr: `${postgresConnectionShare(scope)} > ${warning}`,
    for: spec.time('5m'),
    keepFiringFor: spec.time('5m'),
    summary:
      'PostgreSQL behind {{ $labels.instance }} has {{ $value | humanizePercentage }} of its connections in use',
    description:
      'When all are in use the next connection is refused with "too many clients already": replicas that start, migrations and people with psql as well.',
    dashboard: { uid: uids.database },
    runbook: {
      symptom: `More than ${percent(warning)} of \`max_connections\` have been in use for five minutes.`,
      meaning:
        'Nothing yet. The next deploy, which for a moment runs old and new replicas, may be the end.',
      look: blocks(
        'Who holds them, and do they do anything?',
        promql(
          postgresSessions(look, [...SERVER, 'datname', 'state']),
          poolConnections(look, ['service_name', 'db_client_connection_state']),
          poolMax(look, ['service_name']),
        ),
        sql(
          'SELECT usename, application_name, client_addr, state, count(*) FROM pg_stat_activity GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC;',
        ),
      ),
      mend: steps(
        'Old replicas still run: end them.',
        "Idle connections of nobody: `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle' AND state_change < now() - interval '1 hour';`",
        'Replicas times pool size is more than there is: make pools smaller. Rarely does a pool need more than 10.',
        'It is growth: a pooler such as PgBouncer in front, before a larger `max_connections`, which costs memory for each.',
      ),
    },
    tests: [
      {
        name: '85 of 100, most of them idle, in two databases',
        series: {
          [max]: '100x20',
          [sessions('shop', 'idle')]: '60x20',
          [sessions('shop', 'active')]: '5x20',
          [sessions('crm', 'idle')]: '20x20',
        },
        at: '10m',
        fires: [server],
      },
      {
        name: '20 of 100',
        series: { [max]: '100x20', [sessions('shop', 'idle')]: '20x20' },
        at: '15m',
        fires: [],
      },
      {
        name: 'twice as many for the three minutes of a deploy',
        series: { [max]: '100x20', [sessions('shop', 'idle')]: '45x4 90x2 45x14' },
        at: '8m',
        fires: [],
      },
    ],
  };
};
