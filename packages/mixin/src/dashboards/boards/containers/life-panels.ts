import {
  containerReceived,
  containerRestarts,
  containerSent,
  SHORT_LEGEND,
  withNumber,
} from '../../../queries/container-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { containerThresholds } from '../../../thresholds/container-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

export const restarts = (scope: QueryScope) =>
  timeSeries({
    title: 'Restarts of containers',
    description: {
      shows:
        'Times that each container started again in the half hour before each point. An orchestrator that makes a new one instead shows it as another line elsewhere.',
      matters: 'A container that starts again and again answers for seconds and fails for minutes.',
      act: 'Read the end of its log, and its exit code: 137 is the kernel or somebody with kill -9.',
    },
    unit: unit.count,
    decimals: 0,
    thresholds: badAbove(containerThresholds.restarts),
    queries: [query(withNumber(containerRestarts({ ...scope, window: '30m' })), SHORT_LEGEND)],
  });

export const network = (scope: QueryScope) =>
  timeSeries({
    title: 'Network of containers',
    description: {
      shows:
        'Bytes a second that each container received and sent. cAdvisor knows it only where it may ask the engine or the kubelet.',
      matters: 'It names who fills the line of the machine.',
      act: 'Sent without requests: a backup, a log shipper, or data that leaves and should not.',
    },
    unit: unit.bytesPerSecond,
    thresholds: neutral,
    queries: [
      query(withNumber(containerReceived(scope)), `received, ${SHORT_LEGEND}`),
      query(withNumber(containerSent(scope)), `sent, ${SHORT_LEGEND}`),
    ],
  });
