import type { AttributeKinds } from '../attributes/kinds.ts';
import { type MeterError, meterError } from '../errors.ts';
import type { InstrumentDefinition } from './definition.ts';
import type { AvailabilityObjective, EventSelection, LatencyObjective } from './objective.ts';

/** Throws ERR_METER_OBJECTIVE for a promise that could not be measured. */
export function checkObjective(definition: InstrumentDefinition): void {
  const { kind, name, objective } = definition;
  if (objective === undefined) return;
  const promised = typeof objective === 'object' && objective !== null ? { ...objective } : {};
  const [only, ...more] = Object.keys(promised);
  const wanted = { counter: 'availability', histogram: 'latency' }[kind as string];
  if (wanted === undefined || only !== wanted || more.length > 0)
    throw bad(
      `the objective of ${name}`,
      '{ availability } of a counter or { latency } of a histogram',
      only === undefined ? objective : `{ ${[only, ...more].join(', ')} } of a ${kind}`,
      'promise what this instrument can measure',
    );
  const { availability, latency } = promised as {
    availability?: AvailabilityObjective;
    latency?: LatencyObjective;
  };
  const target = (availability ?? latency)?.target;
  if (!(typeof target === 'number' && target > 0 && target < 1))
    throw bad(
      `the target of ${name}`,
      'a share above 0 and below 1',
      target,
      'write 0.99 for 99 %; a promise of all leaves no budget for errors',
    );
  if (availability !== undefined) checkAvailability(name, definition.attributes, availability);
  if (latency !== undefined) checkLatency(definition, latency);
}

function checkLatency({ name, boundaries }: InstrumentDefinition, { within }: LatencyObjective) {
  const known = boundaries === undefined ? within > 0 : boundaries.includes(within);
  if (typeof within === 'number' && Number.isFinite(within) && known) return;
  throw bad(
    `within of ${name}`,
    boundaries === undefined ? 'a number above 0' : `one of ${boundaries.join(', ')}`,
    within,
    'choose a boundary or add this one: between two of them nothing is known',
  );
}

function checkAvailability(
  name: string,
  attributes: AttributeKinds,
  { good, of = {} }: AvailabilityObjective,
): void {
  checkSelection(`good of ${name}`, attributes, good);
  checkSelection(`of of ${name}`, attributes, of);
  if (Object.keys(good).length === 0)
    throw bad(`good of ${name}`, 'at least one attribute', good, 'say which events are good');
  for (const [key, values] of Object.entries(of)) {
    const outside = good[key]?.find((value) => !values?.includes(value));
    if (outside !== undefined)
      throw bad(
        `good ${key} of ${name}`,
        'among those that the promise is about',
        outside,
        `add it to of.${key}`,
      );
  }
}

function checkSelection(what: string, attributes: AttributeKinds, selection: EventSelection) {
  if (typeof selection !== 'object' || selection === null)
    throw bad(what, '{ attribute: [values] }', selection, "as in { status: ['paid'] }");
  for (const [key, values] of Object.entries(selection)) {
    const declared = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
    if (declared === undefined)
      throw bad(
        what,
        `made of ${listOf(Object.keys(attributes))}`,
        key,
        'use a declared attribute',
      );
    if (!Array.isArray(values) || values.length === 0)
      throw bad(`${key} in ${what}`, 'a list with values', values, 'list at least one');
    const kind = declared.kind === 'optional' ? declared.of : declared;
    const type = kind.kind === 'upTo' && kind.type === 'int' ? 'number' : 'string';
    const unknown = values.find((value) =>
      kind.kind === 'oneOf' ? !kind.values.includes(value) : typeof value !== type,
    );
    if (unknown !== undefined)
      throw bad(
        `${key} in ${what}`,
        kind.kind === 'oneOf' ? listOf(kind.values) : `a list of ${type}s`,
        unknown,
        'use values that are declared',
      );
  }
}

const listOf = (values: readonly unknown[]) =>
  values.length === 0 ? 'no attribute, it has none' : values.map(String).join(', ');

function bad(what: string, range: string, value: unknown, fix: string): MeterError {
  return meterError('ERR_METER_OBJECTIVE', what, range, value, fix);
}
