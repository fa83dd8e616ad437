import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { socketsOpen, socketsOpened } from '../../../queries/messages-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { TENANT } from '../../../query/service-labels.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { whenKnown } from '../business/when-known.ts';

/** WebSockets: who is connected. */
export function socketsRow(spec: ResolvedSpec): Row {
  const scope = panelScope(spec.histograms);
  return row('Sockets', [
    whenKnown(socketsOpen(spec, scope, [TENANT]), (expr) =>
      timeSeries({
        title: 'Sockets open by tenant',
        description: {
          shows: 'WebSocket connections that are open, all replicas together, by tenant.',
          matters:
            'It is how many people are there. All of them gone at once is a restart, or the edge.',
          act: 'Falls to zero: see Sockets open by instance, and the time-outs of the load balancer.',
        },
        unit: unit.count,
        thresholds: neutral,
        width: 8,
        stack: true,
        queries: [query(expr, '{{tenant_id}}')],
      }),
    ),
    whenKnown(socketsOpened(spec, scope, { by: [TENANT], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Sockets opened by tenant',
        description: {
          shows: 'WebSocket connections opened a second, by tenant.',
          matters: 'Many opened while as many stay open are clients that connect again and again.',
          act: 'Let clients wait longer with every try; look for what closes their sockets.',
        },
        unit: unit.countsPerSecond,
        thresholds: neutral,
        width: 8,
        queries: [query(expr, '{{tenant_id}}')],
      }),
    ),
    whenKnown(socketsOpen(spec, scope, ['instance']), (expr) =>
      timeSeries({
        title: 'Sockets open by instance',
        description: {
          shows: 'WebSocket connections that are open, by instance.',
          matters:
            'Sockets stay where they were opened: after a deployment one instance may have them all.',
          act: 'Uneven for hours: let clients connect again now and then.',
        },
        unit: unit.count,
        thresholds: neutral,
        width: 8,
        queries: [query(expr, '{{instance}}')],
      }),
    ),
  ]);
}
