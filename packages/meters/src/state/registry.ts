import { type Attributes, diag } from '@opentelemetry/api';
import type { InstrumentDefinition } from '../catalog/definition.ts';
import { meterError } from '../errors.ts';
import type { Instrument, MeterScope } from '../instruments/instrument.ts';
import { labelName } from '../prometheus/label-name.ts';

/** All instruments of the process, by scope and by the name that Prometheus would give them. */
export class Registry {
  readonly #scopes = new Map<string, { scope: MeterScope; byName: Map<string, Instrument> }>();

  getOrCreate(
    scope: MeterScope,
    definition: InstrumentDefinition,
    create: (common: Attributes | undefined) => Instrument,
  ): Instrument {
    const known = this.find(scope, definition);
    if (known) return known;
    const common = this.#apart(scope, definition);
    const key = scopeKey(scope);
    let entry = this.#scopes.get(key);
    if (!entry) {
      entry = { scope, byName: new Map() };
      this.#scopes.set(key, entry);
    }
    const instrument = create(common);
    entry.byName.set(nameKey(definition), instrument);
    return instrument;
  }

  /**
   * What tells an instrument's series from those of a twin in another scope. Prometheus keeps no scope: of two points with equal labels it keeps the
   * first and says nothing. The names are those that its exporters give a scope.
   *
   * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#instrumentation-scope-1
   */
  #apart(scope: MeterScope, definition: InstrumentDefinition): Attributes | undefined {
    const name = nameKey(definition);
    for (const { scope: other, byName } of this.#scopes.values()) {
      const twin = byName.get(name)?.definition;
      if (twin === undefined || !mayMeet(twin, definition)) continue;
      diag.warn(
        `${definition.name} is defined in the scopes ${other.name} and ${scope.name}: for Prometheus it is one metric, so points of ${scope.name} carry otel.scope.name; define it once and share it. [ERR_METER_DUPLICATE]`,
      );
      const { version } = scope;
      return {
        'otel.scope.name': scope.name,
        ...(version !== undefined && { 'otel.scope.version': version }),
      };
    }
    return undefined;
  }

  /** The instrument of the same definition; throws ERR_METER_DUPLICATE when the name has another shape. */
  find(scope: MeterScope, definition: InstrumentDefinition): Instrument | undefined {
    const known = this.#scopes.get(scopeKey(scope))?.byName.get(nameKey(definition));
    if (known && shapeOf(known.definition) !== shapeOf(definition))
      throw meterError(
        'ERR_METER_DUPLICATE',
        `the second definition of ${definition.name} in ${scope.name}`,
        'equal to the first',
        shapeOf(definition),
        `make both ${shapeOf(known.definition)}`,
      );
    return known;
  }

  *scopes(): Iterable<{ scope: MeterScope; instruments: Iterable<Instrument> }> {
    for (const { scope, byName } of this.#scopes.values())
      yield { scope, instruments: byName.values() };
  }

  *all(): Iterable<Instrument> {
    for (const { byName } of this.#scopes.values()) yield* byName.values();
  }
}

function scopeKey({ name, version }: MeterScope): string {
  return JSON.stringify([name, version]);
}

/** Whether a point of one and a point of the other can have equal labels. */
function mayMeet(one: InstrumentDefinition, other: InstrumentDefinition): boolean {
  return needsOnly(one, other) && needsOnly(other, one);
}

function needsOnly({ attributes }: InstrumentDefinition, of: InstrumentDefinition): boolean {
  return Object.keys(attributes).every(
    (key) => attributes[key]?.kind === 'optional' || key in of.attributes,
  );
}

function nameKey({ name }: InstrumentDefinition): string {
  return labelName(name).toLowerCase();
}

/** A text that is equal for equal definitions: what is exported and which calls are taken. */
function shapeOf(definition: InstrumentDefinition): string {
  const { kind, name, unit, description, tenant, attributes, boundaries, exponential } = definition;
  return JSON.stringify({
    kind,
    name,
    unit,
    description,
    tenant,
    attributes,
    boundaries,
    exponential,
  });
}
