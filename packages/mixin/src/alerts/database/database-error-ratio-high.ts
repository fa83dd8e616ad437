import { uids } from '../../dashboards/uids.ts';
import { db } from '../../metrics/sdk-metrics.ts';
import { dbErrorRate, dbFailureRatio, dbRate, SYSTEM } from '../../queries/database-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { databaseThresholds } from '../../thresholds/database-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';

const { errorRatio, minimumRate } = databaseThresholds;
const BY = [...SERVICE, SYSTEM];

export const databaseErrorRatioHigh: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'DatabaseErrorRatioHigh',
    severity: 'warning',
    team: 'platform',
    expr: `${dbFailureRatio(scope, BY)} > ${errorRatio.warning} and ${dbRate(scope, BY)} > ${minimumRate}`,
    for: spec.time('5m'),
    keepFiringFor: spec.time('5m'),
    summary:
      '{{ $value | humanizePercentage }} of the operations of {{ $labels.service_name }} on {{ $labels.db_system_name }} fail',
    description:
      'The database answers with errors, or connections break. Broken constraints and conflicts that are tried again are not counted: the application is ready for them.',
    dashboard: {
      uid: uids.database,
      variables: { 'var-environment': 'deployment_environment_name' },
    },
    runbook: {
      symptom: `Over five minutes, and for five, more than ${percent(errorRatio.warning)} of the database operations of a service failed, SQLSTATE classes 23 and 40 left out.`,
      meaning:
        'What people do is refused or lost, unless the service falls back on something else.',
      look: blocks(
        'Which errors? `error_type` is the error of the client, `db_response_status_code` is SQLSTATE, or the first word of an error of Redis.',
        promql(
          dbErrorRate(look, [
            'service_name',
            SYSTEM,
            'db_operation_name',
            'error_type',
            'db_response_status_code',
          ]),
        ),
        '- `ECONNREFUSED`, `ECONNRESET`, `57P01`: the server is down or restarts.\n- `53300`: too many connections. `53100`: disk full. `57014`: a time-out of statements.\n- `42P01`, `42703`: a table or column is missing, so a migration.\n- `OOM`, `READONLY`, `MOVED`: Redis is full, a replica, or a cluster.',
      ),
      mend: steps(
        'The server is down: follow [PostgresDown](PostgresDown.md) or [RedisDown](RedisDown.md).',
        'A migration is missing: run it, or roll the service back to what fits.',
        'Too many connections: follow [PostgresConnectionsHigh](PostgresConnectionsHigh.md).',
        'Statements run into their time-out: follow [DatabaseSlow](DatabaseSlow.md).',
      ),
    },
    tests: [
      {
        name: '4 of 12 statements a minute end because the server stops',
        series: { [operation({})]: '0+8x20', [operation(stopped)]: '0+4x20' },
        at: '12m',
        fires: [{ ...shop, db_system_name: 'postgresql' }],
      },
      {
        name: '3 of 100 fail',
        series: { [operation({})]: '0+97x20', [operation(stopped)]: '0+3x20' },
        at: '15m',
        fires: [],
      },
      {
        name: 'a fail-over of a minute',
        series: { [operation({})]: '0+60x5 300+60x14', [operation(stopped)]: '0x5 60x14' },
        at: '9m',
        fires: [],
      },
      {
        name: '3 statements a minute are too few to judge',
        series: { [operation(stopped)]: '0+3x20' },
        at: '15m',
        fires: [],
      },
      {
        name: 'sign-ups with names that are taken: unique violations',
        series: {
          [operation({})]: '0+48x20',
          [operation({ error_type: 'DatabaseError', db_response_status_code: '23505' })]: '0+12x20',
        },
        at: '15m',
        fires: [],
      },
    ],
  };
};

const stopped = { error_type: 'DatabaseError', db_response_status_code: '57P01' };

function operation(labels: Readonly<Record<string, string>>): string {
  const all = { ...replica('shop-1'), db_system_name: 'postgresql', db_operation_name: 'INSERT' };
  return series(db.operationDuration, { ...all, tenant_id: 'acme', ...labels }, '_count');
}
