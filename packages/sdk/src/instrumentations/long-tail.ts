import { createRequire } from 'node:module';
import { diag, metrics, trace } from '@opentelemetry/api';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import { loadNow } from '../load-now.ts';
import { onFirstUse } from '../modules/module-hooks.ts';
import type { Redaction } from '../redaction/tracer-without-values.ts';
import type { Undo } from './environment.ts';
import { type LongTailRow, longTail } from './long-tail-table.ts';

/** Whether an enabled one waits for no library: it is loaded at start. */
export function startsAtOnce(isEnabled: (name: string) => boolean): boolean {
  return longTail.some(({ name, libraries }) => libraries.length === 0 && isEnabled(name));
}

/** Registers every enabled upstream instrumentation; each is loaded when the application first uses its library. */
export function watchLongTail(
  isEnabled: (name: string) => boolean,
  redaction: Redaction,
  sendsLogs: boolean,
): Undo {
  const running: Instrumentation[] = [];
  let stopped = false;
  for (const row of longTail.filter(({ name }) => isEnabled(name))) {
    const begin = () => {
      if (stopped) return;
      try {
        running.push(load(row, redaction, sendsLogs));
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

/** The packages are dependencies of the metapackage and may be visible from there only. */
function load(
  { name, className }: LongTailRow,
  redaction: Redaction,
  sendsLogs: boolean,
): Instrumentation {
  const ours = createRequire(import.meta.url);
  const theirs = createRequire(ours.resolve('@opentelemetry/auto-instrumentations-node'));
  const exports = theirs(`@opentelemetry/instrumentation-${name}`) as Record<
    string,
    new (
      config: object,
    ) => Instrumentation
  >;
  const Class = exports[className];
  if (Class === undefined) throw new Error(`no ${className} in instrumentation-${name}`);
  const instrumentation = new Class(configOf(name, sendsLogs));
  if (name === 'pino' || name === 'winston') {
    const part = loadNow(() => import('./log-records-with-tenant.ts'));
    part.logRecordsWithTenant(name, instrumentation);
  }
  const { withoutValues } = loadNow(() => import('../redaction/tracer-without-values.ts'));
  instrumentation.setTracerProvider(withoutValues(trace.getTracerProvider(), redaction));
  // Some make their instruments only when they are told the provider.
  instrumentation.setMeterProvider(metrics.getMeterProvider());
  return instrumentation;
}

/** Of loggers: a line that goes nowhere is not parsed, and those of winston are sent by ours. */
function configOf(name: string, sendsLogs: boolean): { readonly disableLogSending?: boolean } {
  if (name === 'winston') return { disableLogSending: true };
  return name === 'pino' || name === 'bunyan' ? { disableLogSending: !sendsLogs } : {};
}
