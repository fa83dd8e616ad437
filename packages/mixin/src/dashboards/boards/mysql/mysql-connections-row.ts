import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  mysqlAborted,
  mysqlConnectionShare,
  mysqlConnections,
  mysqlMaxConnections,
  mysqlReceived,
  mysqlRefused,
  mysqlRunning,
  mysqlSent,
  mysqlUp,
  mysqlUptime,
} from '../../../queries/mysql-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { mysqlThresholds } from '../../../thresholds/mysql-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { stat } from '../../panels/stat.ts';
import { timeSeries } from '../../panels/time-series.ts';

/** Whether the server is there, and who is in. */
export function mysqlConnectionsRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  const instance = '{{instance}}';
  return row('Server and connections', [
    stat({
      title: 'Servers that answer',
      description: {
        shows: '1 while the exporter can ask the server, 0 while it cannot.',
        matters: 'At 0 nothing that is kept in it can be read or changed.',
        act: 'Ask the server yourself with mysqladmin ping; when it is alive, see the log of the exporter.',
      },
      unit: unit.plain,
      thresholds: neutral,
      queries: [query(mysqlUp(scope), instance)],
    }),
    stat({
      title: 'Running since',
      description: {
        shows: 'How long ago the server started.',
        matters: 'A start that nobody asked for was a crash, and its buffer pool is cold.',
        act: 'Younger than your last maintenance: look for the reason in its log, and for "Out of memory" in that of the machine.',
      },
      unit: unit.duration,
      thresholds: neutral,
      queries: [query(mysqlUptime(scope), instance)],
    }),
    timeSeries({
      title: 'Connections',
      description: {
        shows:
          'Connections that are open, those that do something, and how many the server allows.',
        matters: 'At the limit nobody gets in, migrations and you yourself included.',
        act: 'Open ones that do nothing: make pools smaller. Many that do something: see Statements and Row locks.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [
        query(mysqlConnections(scope), `open, ${instance}`),
        query(mysqlRunning(scope), `running, ${instance}`),
        query(mysqlMaxConnections(scope), `allowed, ${instance}`),
      ],
    }),
    timeSeries({
      title: 'Connections in use',
      description: {
        shows: 'Open connections as a share of the allowed ones.',
        matters: 'The number that the alert looks at.',
        act: 'Above the line: count replicas times pool size, and end the replicas that should be gone.',
      },
      unit: unit.ratio,
      thresholds: badAbove(mysqlThresholds.connectionShare),
      max: 1,
      queries: [query(mysqlConnectionShare(scope), instance)],
    }),
    timeSeries({
      title: 'Connections refused and broken',
      description: {
        shows:
          'Connections a second that the server refused, by reason, and that ended without a good-bye.',
        matters:
          'The first are errors that people see; the second are crashes of clients or a network that drops them.',
        act: 'max_connections: see Connections in use. Broken ones all the time: a pool that keeps connections longer than wait_timeout.',
      },
      unit: unit.countsPerSecond,
      thresholds: neutral,
      queries: [
        query(mysqlRefused(scope), 'refused: {{error}}'),
        query(mysqlAborted(scope), `broken, ${instance}`),
      ],
    }),
    timeSeries({
      title: 'Traffic',
      description: {
        shows: 'Bytes a second from and to clients.',
        matters: 'Answers that grow while statements do not are rows that nobody needs.',
        act: 'A jump in what is sent: look for a SELECT * or a list without pages that came with the last deploy.',
      },
      unit: unit.bytesPerSecond,
      thresholds: neutral,
      queries: [
        query(mysqlReceived(scope), `received, ${instance}`),
        query(mysqlSent(scope), `sent, ${instance}`),
      ],
    }),
  ]);
}
