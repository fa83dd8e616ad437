import { uids } from '../../dashboards/uids.ts';
import { mysql } from '../../metrics/mysql-exporter.ts';
import { poolConnections, poolMax } from '../../queries/database-queries.ts';
import {
  mysqlConnectionShare,
  mysqlConnections,
  mysqlMaxConnections,
} from '../../queries/mysql-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { mysqlThresholds } from '../../thresholds/mysql-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, sql, steps } from '../prose.ts';
import { series } from '../test-series.ts';
import { server } from './test-mysql.ts';

const { warning } = mysqlThresholds.connectionShare;
const connections = series(mysql.connections, server);
const max = series(mysql.maxConnections, server);

export const mysqlConnectionsHigh: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'MysqlConnectionsHigh',
    severity: 'warning',
    team: 'platform',
    expr: `${mysqlConnectionShare(scope)} > ${warning}`,
    for: spec.time('5m'),
    keepFiringFor: spec.time('5m'),
    summary:
      'MySQL or MariaDB behind {{ $labels.instance }} has {{ $value | humanizePercentage }} of its connections in use',
    description:
      'When all are in use the next connection is refused with "Too many connections": replicas that start, migrations and people with a client as well.',
    dashboard: { uid: uids.mysql },
    runbook: {
      symptom: `More than ${percent(warning)} of \`max_connections\` have been open for five minutes.`,
      meaning:
        'Nothing yet. The next deploy, which for a moment runs old and new replicas, may be the end.',
      look: blocks(
        'Who holds them, and do they do anything?',
        promql(
          mysqlConnections(look),
          mysqlMaxConnections(look),
          poolConnections(look, ['service_name', 'db_client_connection_state']),
          poolMax(look, ['service_name']),
        ),
        sql(
          "SELECT user, SUBSTRING_INDEX(host, ':', 1) AS client, command, COUNT(*) FROM information_schema.processlist GROUP BY 1, 2, 3 ORDER BY 4 DESC;",
        ),
      ),
      mend: steps(
        'Old replicas still run: end them.',
        'Idle connections of nobody: `KILL <id>` of those that `Sleep` for hours, and a lower `wait_timeout`.',
        'Replicas times pool size is more than there is: make pools smaller. Rarely does a pool need more than 10.',
        'It is growth: a proxy that pools in front, before a larger `max_connections`, which costs memory for each.',
      ),
    },
    tests: [
      {
        name: '130 of 151',
        series: { [max]: '151x20', [connections]: '130x20' },
        at: '10m',
        fires: [server],
      },
      {
        name: '20 of 151',
        series: { [max]: '151x20', [connections]: '20x20' },
        at: '15m',
        fires: [],
      },
      {
        name: 'twice as many for the three minutes of a deploy',
        series: { [max]: '100x20', [connections]: '45x4 90x2 45x14' },
        at: '8m',
        fires: [],
      },
    ],
  };
};
