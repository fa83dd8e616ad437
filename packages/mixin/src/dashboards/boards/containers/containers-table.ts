import {
  containerAge,
  containerCpu,
  containerMemory,
  containerMemoryShare,
  containerReceived,
  containerSent,
  containerThrottled,
  withNumber,
} from '../../../queries/container-queries.ts';
import { maxBy } from '../../../query/aggregation.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { containerThresholds } from '../../../thresholds/container-thresholds.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { table } from '../../panels/table.ts';

const BY = ['namespace', 'pod', 'container', 'name', 'number'];
const rows = (expression: string) => maxBy(BY, withNumber(expression));

export const containers = (scope: QueryScope) =>
  table({
    title: 'All containers',
    description: {
      shows:
        'A row for each container: what it uses, what it waits for, how near it is to its limit, how old it is.',
      matters: 'The one that is out of line is seen at once, whoever started it.',
      act: 'Red first. Without a name, `docker ps --no-trunc` has whose number it is.',
    },
    rows: [
      { label: 'name', name: 'Name' },
      { label: 'namespace', name: 'Namespace' },
      { label: 'pod', name: 'Pod' },
      { label: 'container', name: 'Container' },
      { label: 'number', name: 'Number' },
    ],
    columns: [
      { name: 'Cores', expr: rows(containerCpu(scope)), unit: unit.count, thresholds: neutral },
      {
        name: 'Throttled',
        expr: rows(containerThrottled(scope)),
        unit: unit.ratio,
        thresholds: badAbove(containerThresholds.throttled),
      },
      { name: 'Memory', expr: rows(containerMemory(scope)), unit: unit.bytes, thresholds: neutral },
      {
        name: 'Of limit',
        expr: rows(containerMemoryShare(scope)),
        unit: unit.ratio,
        thresholds: badAbove(containerThresholds.memoryShare),
      },
      {
        name: 'Received',
        expr: rows(containerReceived(scope)),
        unit: unit.bytesPerSecond,
        thresholds: neutral,
      },
      {
        name: 'Sent',
        expr: rows(containerSent(scope)),
        unit: unit.bytesPerSecond,
        thresholds: neutral,
      },
      { name: 'Age', expr: rows(containerAge(scope)), unit: unit.duration, thresholds: neutral },
    ],
    sortBy: 'Memory',
  });
