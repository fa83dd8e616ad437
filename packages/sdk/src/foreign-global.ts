const API = Symbol.for('opentelemetry.js.api.1');
const SIGNALS = ['trace', 'metrics', 'logs', 'context', 'propagation'];

/**
 * Who holds OpenTelemetry's globals already, in words; undefined when they are free. The API gives the first registration the
 * right, and with another version of the API refuses ours without a word.
 */
export function foreignGlobal(): string | undefined {
  const api = (globalThis as Record<symbol, unknown>)[API] as Record<string, unknown> | undefined;
  if (api === undefined) return undefined;
  const taken = SIGNALS.filter((signal) => api[signal] !== undefined);
  if (taken.length === 0) return undefined;
  return `another OpenTelemetry SDK has registered ${taken.join(', ')} (API ${String(api.version)})`;
}
