import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { networkErrors, networkReceived, networkSent } from '../../../queries/host-queries.ts';
import { networkDrops } from '../../../queries/machine-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

/** What comes and goes by wire; bridges and the loopback are left out, so that nothing counts twice. */
export function networkRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  const device = '{{instance}} {{device}}';
  return row('Network', [
    timeSeries({
      title: 'Network traffic',
      description: {
        shows: 'Bytes a second received and sent, by device.',
        matters: 'Near the speed of the line, everything that goes over it becomes slow.',
        act: 'Sent grows without requests: a backup, a log shipper, or a great file that many fetch.',
      },
      unit: unit.bytesPerSecond,
      thresholds: neutral,
      width: 8,
      queries: [
        query(networkReceived(scope), `received, ${device}`),
        query(networkSent(scope), `sent, ${device}`),
      ],
    }),
    timeSeries({
      title: 'Network errors',
      description: {
        shows: 'Packets a second that were damaged or could not be sent, by device.',
        matters:
          'Should be zero: each is sent again after a pause, which users feel as a random slowness.',
        act: 'A cable, a port, a driver: move the machine to another one.',
      },
      unit: unit.countsPerSecond,
      thresholds: neutral,
      width: 8,
      queries: [query(networkErrors(scope), device)],
    }),
    timeSeries({
      title: 'Packets dropped',
      description: {
        shows:
          'Packets a second that were dropped for want of room, received and to be sent, by device.',
        matters: 'The machine does not keep up, or somebody sends more than anybody reads.',
        act: 'Compare with softirq in CPU by mode. With little CPU: greater ring buffers (ethtool -G).',
      },
      unit: unit.countsPerSecond,
      thresholds: neutral,
      width: 8,
      queries: [query(networkDrops(scope), device)],
    }),
  ]);
}
