import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { passedOn, upstreamFailures, upstreamTime } from '../../../queries/gateway-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { gatewayThresholds } from '../../../thresholds/gateway-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { whenKnown } from '../business/when-known.ts';

const UPSTREAM = ['upstream'];

/** The services behind a gateway, as it sees them. */
export function upstreamsRow(spec: ResolvedSpec): Row {
  const scope = panelScope(spec.histograms);
  return row('Services behind the gateway', [
    whenKnown(passedOn(spec, scope, { by: UPSTREAM }), (expr) =>
      timeSeries({
        title: 'Requests passed on',
        description: {
          shows: 'Requests a second that the gateway passed on, by the service that they went to.',
          matters: 'It is the map of the traffic: which service carries how much of it.',
          act: 'A line that falls alone: is that service reached, or do its clients stay away?',
        },
        unit: unit.requestsPerSecond,
        thresholds: neutral,
        stack: true,
        queries: [query(expr, '{{upstream}}')],
      }),
    ),
    whenKnown(upstreamTime(0.95, spec, scope, UPSTREAM), (expr) =>
      timeSeries({
        title: 'Time of the services behind',
        description: {
          shows: 'Seconds within which 95 % of the requests passed on were answered, by service.',
          matters: 'The gateway can be no faster. Beside its own times it tells who is slow.',
          act: 'Open the slow service on Services overview. If it says that it is fast, look at the network between.',
        },
        unit: unit.seconds,
        thresholds: badAbove(gatewayThresholds.upstreamP95),
        queries: [query(expr, '{{upstream}}')],
      }),
    ),
    whenKnown(upstreamFailures(spec, scope, UPSTREAM), (expr) =>
      timeSeries({
        title: 'Not answered',
        description: {
          shows:
            'Share of the requests passed on that were answered with 5xx or not at all, by service.',
          matters: 'Each of them is an error page of ours, whoever is to blame.',
          act: 'See the next panel for which of the two it is, and the runbook of UpstreamFailing.',
        },
        unit: unit.ratio,
        thresholds: badAbove(gatewayThresholds.upstreamFailures),
        max: 1,
        queries: [query(expr, '{{upstream}}')],
      }),
    ),
    whenKnown(passedOn(spec, scope, { by: ['outcome'] }), (expr) =>
      timeSeries({
        title: 'Requests passed on by outcome',
        description: {
          shows:
            'Requests a second: answered, failed with 5xx, or unreachable within the time-out.',
          matters:
            'A service that fails is broken; one that cannot be reached is down, stuck or cut off.',
          act: 'Failed: the logs of that service. Unreachable: does it run, and does its name resolve?',
        },
        unit: unit.requestsPerSecond,
        thresholds: neutral,
        stack: true,
        queries: [query(expr, '{{outcome}}')],
      }),
    ),
  ]);
}
