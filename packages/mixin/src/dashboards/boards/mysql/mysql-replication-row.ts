import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { mysqlReplicaLagOrZero } from '../../../queries/mysql-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { mysqlThresholds } from '../../../thresholds/mysql-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

/** Whether replicas keep up. */
export function mysqlReplicationRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  return row('Replication', [
    timeSeries({
      title: 'Behind the primary',
      description: {
        shows: 'Seconds that a replica is behind its primary; 0 for a server that is no replica.',
        matters: 'Reads from it are that old, and that much is lost with the primary.',
        act: 'Look for one great transaction or a report on the replica; SHOW REPLICA STATUS tells whether it has stopped.',
      },
      unit: unit.seconds,
      thresholds: badAbove(mysqlThresholds.replicaLag),
      queries: [query(mysqlReplicaLagOrZero(scope), '{{instance}}')],
    }),
  ]);
}
