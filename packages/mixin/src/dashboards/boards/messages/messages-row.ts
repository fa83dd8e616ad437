import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { messages, messagesFailedShare } from '../../../queries/messages-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { TENANT } from '../../../query/service-labels.ts';
import { messagesThresholds } from '../../../thresholds/messages-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { whenKnown } from '../business/when-known.ts';

/** What is said, and whether it arrives. */
export function messagesRow(spec: ResolvedSpec): Row {
  const scope = panelScope(spec.histograms);
  return row('Messages', [
    whenKnown(messages(spec, scope, { by: ['direction', 'outcome'], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Messages by direction',
        description: {
          shows:
            'Messages a second, received and sent, by outcome. A message to a room of five is one received and five sent.',
          matters:
            'Sent grows with the square of who is in a room: it is what the service works for.',
          act: 'Received stays while sent grows: bigger rooms. Rejected: a client that sends what is not allowed.',
        },
        unit: unit.countsPerSecond,
        thresholds: neutral,
        queries: [query(expr, '{{direction}} {{outcome}}')],
      }),
    ),
    whenKnown(messages(spec, scope, { by: [TENANT], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Messages by tenant',
        description: {
          shows: 'Messages a second, received and sent together, by tenant.',
          matters: 'Shows who uses the chat, and who floods it.',
          act: 'One tenant far above its usual: somebody sends by a program; limit messages of a socket.',
        },
        unit: unit.countsPerSecond,
        thresholds: neutral,
        stack: true,
        queries: [query(expr, '{{tenant_id}}')],
      }),
    ),
    whenKnown(messagesFailedShare(spec, scope), (expr) =>
      timeSeries({
        title: 'Messages not delivered',
        description: {
          shows:
            'Share of messages that could not be delivered: their receiver did not read, or was gone.',
          matters: 'People miss what was said, and do not know it.',
          act: 'Above the line: see the runbook of MessagesFailing.',
        },
        unit: unit.ratio,
        thresholds: badAbove(messagesThresholds.failed),
        width: 24,
        max: 1,
        queries: [query(expr, 'Not delivered')],
      }),
    ),
  ]);
}
