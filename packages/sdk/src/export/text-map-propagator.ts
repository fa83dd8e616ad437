import type { TextMapPropagator } from '@opentelemetry/api';
import { CompositePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { splitList } from '../config/parse-value.ts';
import type { StandardSettings } from '../config/read-standard.ts';

/**
 * The propagator that `OTEL_PROPAGATORS` asks for, less `baggage`, which is `tenantPropagator`'s; `none` gives one that does nothing.
 */
export async function textMapPropagator(settings: StandardSettings): Promise<TextMapPropagator> {
  const names = new Set(splitList(settings.get('OTEL_PROPAGATORS') ?? 'tracecontext,baggage'));
  if (names.has('none')) return new CompositePropagator({ propagators: [] });
  names.delete('baggage');
  const propagators = await Promise.all([...names].map(propagatorNamed));
  const [first, ...others] = propagators;
  return first !== undefined && others.length === 0
    ? first
    : new CompositePropagator({ propagators });
}

async function propagatorNamed(name: string): Promise<TextMapPropagator> {
  if (name === 'tracecontext') return new W3CTraceContextPropagator();
  const { B3InjectEncoding, B3Propagator } = await import('@opentelemetry/propagator-b3');
  return name === 'b3'
    ? new B3Propagator()
    : new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER });
}
