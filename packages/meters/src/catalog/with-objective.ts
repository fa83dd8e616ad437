import type { AttributeKinds } from '../attributes/kinds.ts';
import type { InstrumentDefinition } from './definition.ts';
import type { CounterObjective, HistogramObjective, InstrumentObjective } from './objective.ts';

/**
 * The same instrument with a promise about it: what presets need, which promise nothing by themselves.
 * @throws nothing; `defineMeters` throws ERR_METER_OBJECTIVE for a promise that cannot be measured
 * @example
 * defineMeters('shop', {
 *   ...commerce,
 *   payments: withObjective(commerce.payments, {
 *     availability: { good: { outcome: ['succeeded', 'declined'] }, target: 0.99 },
 *   }),
 * });
 */
export function withObjective<const D extends AttributeKinds>(
  definition: InstrumentDefinition<'counter', D>,
  objective: CounterObjective<NoInfer<D>>,
): InstrumentDefinition<'counter', D>;
export function withObjective<const D extends AttributeKinds>(
  definition: InstrumentDefinition<'histogram', D>,
  objective: HistogramObjective,
): InstrumentDefinition<'histogram', D>;
export function withObjective(
  definition: InstrumentDefinition,
  objective: InstrumentObjective,
): InstrumentDefinition {
  return { ...definition, objective };
}
