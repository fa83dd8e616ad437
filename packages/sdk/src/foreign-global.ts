import { propagation } from '@opentelemetry/api';

const API = Symbol.for('opentelemetry.js.api.1');
const SIGNALS = ['trace', 'metrics', 'logs', 'context', 'propagation'];

/**
 * Who holds OpenTelemetry's globals already, in words; undefined when they are free. The API gives the first registration the
 * right, and with another version of the API refuses ours without a word, even if that was used for nothing but its logger.
 */
export function foreignGlobal(): string | undefined {
  const api = (globalThis as Record<symbol, unknown>)[API] as Record<string, unknown> | undefined;
  if (api === undefined) return undefined;
  const taken = SIGNALS.filter((signal) => api[signal] !== undefined);
  if (taken.length === 0)
    return registers()
      ? undefined
      : `another copy of @opentelemetry/api (${String(api.version)}) was used first and refuses this SDK's`;
  return `another OpenTelemetry SDK has registered ${taken.join(', ')} (API ${String(api.version)})`;
}

function registers(): boolean {
  const done = propagation.setGlobalPropagator({
    inject: () => {},
    extract: (context) => context,
    fields: () => [],
  });
  if (done) propagation.disable();
  return done;
}
