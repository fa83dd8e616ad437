import type { InstrumentDefinition } from './definition.ts';

/** A catalog as data, for whatever is generated from it: rules, dashboards, docs. */
export interface MeterCatalog {
  readonly scope: string;
  readonly version: string | undefined;
  readonly instruments: readonly CatalogInstrument[];
}

/** One instrument of a catalog, with the key under which the code finds it. */
export interface CatalogInstrument extends InstrumentDefinition {
  /** The key in `defineMeters`. */
  readonly key: string;
}

/** Symbol.for: tools find the catalog of meters that another copy of this package made. */
const CATALOG = Symbol.for('@bellwether/meters catalog');

export function rememberCatalog(meters: object, catalog: MeterCatalog): void {
  Object.defineProperty(meters, CATALOG, { value: catalog });
}

/**
 * The catalog that meters were made from.
 * @returns undefined for anything that `defineMeters` did not return
 * @example catalogOf(meters)?.instruments.map(({ name }) => name)
 */
export function catalogOf(meters: object): MeterCatalog | undefined {
  return (meters as { [CATALOG]?: MeterCatalog })[CATALOG];
}
