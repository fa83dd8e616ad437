import { loadNow } from '../load-now.ts';
import type { Queue } from './bullmq-telemetry.ts';
import { undoAll, wrapMethod } from './db-wrap-method.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
import { guard } from './guard.ts';

interface Bullmq {
  readonly QueueBase?: { readonly prototype: object };
  readonly FlowProducer?: { readonly prototype: object };
}

/**
 * Jobs of BullMQ 5 and 6: adding one is a span (`add orders`), and each attempt to do it (`process orders`), in the trace of whoever
 * added it and as the same tenant. Both travel with the job, where BullMQ itself puts them: `traceparent` always, the tenant
 * only through a Redis that is listed in `BELLWETHER_BAGGAGE_HOSTS`.
 *
 * A queue or worker that was given a `telemetry` of its own keeps it. What jobs come to is an application's to count: `messaging` in
 * `@bellwether/meters/presets`.
 *
 * @see https://docs.bullmq.io/guide/telemetry
 */
export function instrumentBullmq(env: InstrumentationEnvironment): Undo {
  const tracer = env.tracer('@bellwether/sdk/bullmq');
  const undos: Undo[] = [];
  const seen = new WeakSet<object>();
  const equip = guard('bullmq', (queue: Queue) => {
    if (queue.opts.telemetry !== undefined) return;
    // BullMQ asks for it at every operation, and looks nowhere else.
    queue.opts.telemetry = loadNow(() => import('./bullmq-telemetry.ts')).queueTelemetry(
      tracer,
      queue,
    );
  });
  env.onModuleLoad({ name: 'bullmq', versions: '>=5.19.0 <7' }, (exports) => {
    const { QueueBase, FlowProducer } = exports as Bullmq;
    for (const [owner, method] of [
      [QueueBase, 'trace'],
      [FlowProducer, 'add'],
      [FlowProducer, 'addBulk'],
    ] as const) {
      const prototype = owner?.prototype;
      if (prototype === undefined || seen.has(prototype)) continue;
      undos.push(equipBefore(prototype, method, equip));
    }
    for (const owner of [QueueBase, FlowProducer]) if (owner) seen.add(owner.prototype);
  });
  return () => undoAll(undos)();
}

function equipBefore(prototype: object, method: string, equip: (queue: Queue) => void): Undo {
  return wrapMethod(prototype, method, (original) => {
    return function (...args) {
      equip(this as Queue);
      return original.apply(this, args);
    };
  });
}
