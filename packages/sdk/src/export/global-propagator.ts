import type { TextMapPropagator } from '@opentelemetry/api';

/** The propagator that is registered with the API, itself and not the API in front of it; undefined when there is none. */
export function globalPropagator(): TextMapPropagator | undefined {
  const api = (globalThis as Record<symbol, unknown>)[Symbol.for('opentelemetry.js.api.1')];
  return (api as { propagation?: TextMapPropagator } | undefined)?.propagation;
}
