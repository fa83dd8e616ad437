import type { Undo } from '../instrumentations/environment.ts';
import type { SpanBatches } from '../trace/span-batches.ts';
import { StartedSpans } from '../trace/started-spans.ts';
import { component } from './component.ts';
import { NOT_SERIALIZABLE } from './exporter-metrics.ts';
import { Level } from './level.ts';
import { sdkMeters as meters } from './sdk-meters.ts';

const processor = component('batching_span_processor');
const sampled = { 'otel.span.sampling_result': 'RECORD_AND_SAMPLE' } as const;
const kinds = [
  ['sampledRoots', 'none', 'RECORD_AND_SAMPLE'],
  ['sampledLocal', 'local', 'RECORD_AND_SAMPLE'],
  ['sampledRemote', 'remote', 'RECORD_AND_SAMPLE'],
  ['droppedRoots', 'none', 'DROP'],
  ['droppedLocal', 'local', 'DROP'],
  ['droppedRemote', 'remote', 'DROP'],
] as const;

/** Reads what tracers and batches counted as plain numbers. `observe` adds what was since it was last called. */
export function watchSpans(
  started: StartedSpans,
  batches: SpanBatches,
): { readonly observe: () => void; readonly stop: Undo } {
  const last = { ...new StartedSpans(), processed: 0, lost: 0, unwritable: 0 };
  const live = new Level((n) => meters.spansLive.add(n, sampled));
  const size = new Level((n) => meters.spanQueueSize.add(n, processor));
  const capacity = new Level((n) => meters.spanQueueCapacity.add(n, processor));

  const observe = () => {
    for (const [kind, origin, result] of kinds) {
      const grown = started[kind] - last[kind];
      if (grown === 0) continue;
      last[kind] = started[kind];
      meters.spansStarted.add(grown, {
        'otel.span.parent.origin': origin,
        'otel.span.sampling_result': result,
      });
    }
    const begun = started.sampledRoots + started.sampledLocal + started.sampledRemote;
    const { waiting, processed, lost, unwritable } = batches;
    meters.spansProcessed.add(processed - last.processed, processor);
    meters.spansProcessed.add(lost - last.lost, { ...processor, 'error.type': 'queue_full' });
    meters.spansProcessed.add(unwritable - last.unwritable, {
      ...processor,
      'error.type': NOT_SERIALIZABLE,
    });
    last.processed = processed;
    last.lost = lost;
    last.unwritable = unwritable;
    live.set(begun - waiting - processed - lost - unwritable);
    size.set(waiting);
    capacity.set(batches.capacity);
  };
  observe();
  return {
    observe,
    stop: () => {
      observe();
      for (const level of [live, size, capacity]) level.set(0);
    },
  };
}
