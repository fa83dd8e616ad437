import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { gcRate, gcShare, heapLimit, heapUsed } from '../../../queries/runtime-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { gcSeries, heapSeries, memorySeries } from '../runtime-panels.ts';

/** V8's heap, and what it costs to keep it clean. */
export function memoryRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  return row('Heap and garbage collection', [
    heapSeries(scope),
    timeSeries({
      title: 'Heap and its limit',
      description: {
        shows: 'Bytes of the V8 heap in use, and the limit at which Node gives up, by instance.',
        matters: 'At the limit the process ends with all requests in it.',
        act: 'A saw that climbs from tooth to tooth is a leak: compare two heap snapshots. Set --max-old-space-size below the memory of the container.',
      },
      unit: unit.bytes,
      thresholds: neutral,
      queries: [
        query(heapUsed(scope, ['instance']), 'used, {{instance}}'),
        query(heapLimit(scope, ['instance']), 'limit, {{instance}}'),
      ],
    }),
    timeSeries({
      title: 'Heap by space',
      description: {
        shows: 'Bytes of the heap in use by space of V8, all selected processes.',
        matters:
          'old_space holds what stays, new_space what is short-lived, large_object_space great strings and buffers.',
        act: 'old_space that only grows is a leak; large_object_space that jumps is somebody who loads a whole file.',
      },
      unit: unit.bytes,
      thresholds: neutral,
      stack: true,
      queries: [query(heapUsed(scope, ['v8js_heap_space_name']), '{{v8js_heap_space_name}}')],
    }),
    gcSeries(scope),
    timeSeries({
      title: 'Garbage collection by type',
      description: {
        shows: 'Seconds a second spent in garbage collection by type, all selected processes.',
        matters: 'Minor ones are cheap and many; major ones stop everything for long.',
        act: 'Much major: the heap is near its limit or leaks. Much minor: a request makes too many objects.',
      },
      unit: unit.ratio,
      thresholds: neutral,
      stack: true,
      queries: [query(gcShare(scope, ['v8js_gc_type']), '{{v8js_gc_type}}')],
    }),
    timeSeries({
      title: 'Garbage collections',
      description: {
        shows: 'Garbage collections a second by type, all selected processes.',
        matters: 'Read with the time: few and long hurt more than many and short.',
        act: 'A jump without more traffic came with the last deployment: compare allocation profiles.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      queries: [query(gcRate(scope, ['v8js_gc_type']), '{{v8js_gc_type}}')],
    }),
    memorySeries(scope),
  ]);
}
