import { createRequire } from 'node:module';
import { diag, metrics } from '@opentelemetry/api';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import { onFirstUse } from '../modules/module-hooks.ts';
import type { Undo } from './environment.ts';
import { type LongTailRow, longTail } from './long-tail-table.ts';

/** Registers every enabled upstream instrumentation; each is loaded when the application first uses its library. */
export function watchLongTail(isEnabled: (name: string) => boolean): Undo {
  const running: Instrumentation[] = [];
  let stopped = false;
  hookRequire();
  for (const row of longTail.filter(({ name }) => isEnabled(name))) {
    const begin = () => {
      if (stopped) return;
      try {
        running.push(load(row));
      } catch (error) {
        diag.error(`${row.name} stays uninstrumented`, error);
      }
    };
    if (row.libraries.length === 0) begin();
    else onFirstUse(row.libraries, begin);
  }
  return () => {
    stopped = true;
    for (const instrumentation of running) instrumentation.disable();
  };
}

/**
 * Upstream makes its one hook on `require` with the first instrumentation. During the `require` of a library that would be
 * too late for this very call.
 */
function hookRequire(): void {
  const { InstrumentationBase } = createRequire(import.meta.url)(
    '@opentelemetry/instrumentation',
  ) as typeof import('@opentelemetry/instrumentation');
  class Nothing extends InstrumentationBase {
    protected override init(): void {}
  }
  new Nothing('@bellwether/sdk', '', { enabled: false });
}

/** The packages are dependencies of the metapackage and may be visible from there only. */
function load({ name, className }: LongTailRow): Instrumentation {
  const ours = createRequire(import.meta.url);
  const theirs = createRequire(ours.resolve('@opentelemetry/auto-instrumentations-node'));
  const exports = theirs(`@opentelemetry/instrumentation-${name}`) as Record<
    string,
    new () => Instrumentation
  >;
  const Class = exports[className];
  if (Class === undefined) throw new Error(`no ${className} in instrumentation-${name}`);
  const instrumentation = new Class();
  // Some make their instruments only when they are told the provider.
  instrumentation.setMeterProvider(metrics.getMeterProvider());
  return instrumentation;
}
