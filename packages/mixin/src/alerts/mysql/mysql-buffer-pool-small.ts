import { uids } from '../../dashboards/uids.ts';
import { mysql } from '../../metrics/mysql-exporter.ts';
import {
  mysqlBufferPool,
  mysqlBufferPoolFree,
  mysqlBufferPoolHitRatio,
  mysqlBufferPoolRequests,
  mysqlRowsScanned,
  mysqlTables,
} from '../../queries/mysql-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { mysqlThresholds } from '../../thresholds/mysql-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, steps } from '../prose.ts';
import { series } from '../test-series.ts';
import { server } from './test-mysql.ts';

const { bufferPoolHitRatio, minimumPages } = mysqlThresholds;
const { critical: least } = bufferPoolHitRatio;
const requests = series(mysql.bufferPoolRequests, server);
const reads = series(mysql.bufferPoolReads, server);

export const mysqlBufferPoolSmall: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('15m'), spec.histograms);
  const look = ruleScope('15m', spec.histograms);
  return {
    name: 'MysqlBufferPoolSmall',
    severity: 'warning',
    team: 'platform',
    expr: `${mysqlBufferPoolHitRatio(scope)} < ${least} and ${mysqlBufferPoolRequests(scope)} > ${minimumPages}`,
    for: spec.time('15m'),
    keepFiringFor: spec.time('15m'),
    summary:
      'Only {{ $value | humanizePercentage }} of the pages that InnoDB wants behind {{ $labels.instance }} are in memory',
    description:
      'The rest comes from disk, a hundred times slower: every statement that is not about the newest rows pays for it, and the disk is busy for all.',
    dashboard: { uid: uids.mysql },
    runbook: {
      symptom: `For 15 minutes less than ${percent(least)} of the pages that were asked of the buffer pool were in it, at more than ${minimumPages} pages a second.`,
      meaning:
        'What is used all the time no longer fits into memory, or one statement reads a great table from end to end and throws the rest out.',
      look: blocks(
        'How large is it beside the tables, is any of it free, and does something read without an index?',
        promql(
          mysqlBufferPool(look),
          mysqlTables(5, look),
          mysqlBufferPoolFree(look),
          mysqlRowsScanned(look),
        ),
      ),
      mend: steps(
        'Rows read without an index have jumped: find that statement, see [MysqlSlowQueries](MysqlSlowQueries.md). More memory would only hide it.',
        'The server was started within the hour: it fills again by itself; `innodb_buffer_pool_dump_at_shutdown` makes that shorter.',
        'The data has grown: raise `innodb_buffer_pool_size`, up to about 70 % of a machine that does nothing else. It can be changed while the server runs.',
        'No memory left: move old rows to a table of their own, or the database to a larger machine.',
      ),
    },
    tests: [
      {
        name: '10 % of the pages come from disk',
        series: { [requests]: '0+60000x60', [reads]: '0+6000x60' },
        at: '40m',
        fires: [server],
      },
      {
        name: '1 of 1,000 comes from disk',
        series: { [requests]: '0+60000x60', [reads]: '0+60x60' },
        at: '40m',
        fires: [],
      },
      {
        name: 'a server that hardly anybody asks',
        series: { [requests]: '0+600x60', [reads]: '0+300x60' },
        at: '40m',
        fires: [],
      },
    ],
  };
};
