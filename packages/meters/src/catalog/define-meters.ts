import { meterError } from '../errors.ts';
import type { InstrumentOf } from '../instruments/instrument-types.ts';
import { labelName } from '../prometheus/label-name.ts';
import { sharedState } from '../state/shared-state.ts';
import { type MeterCatalog, rememberCatalog } from './catalog-of.ts';
import { checkDefinition } from './check-definition.ts';
import type { InstrumentDefinition } from './definition.ts';

/** Definitions by the key under which the code finds them. Presets are such objects too. */
export interface MeterDefinitions {
  readonly [key: string]: InstrumentDefinition;
}

/** Typed instruments, under the keys of their catalog. */
export type Meters<C extends MeterDefinitions> = { readonly [K in keyof C]: InstrumentOf<C[K]> };

/** What `defineMeters()` takes besides the scope and the catalog. */
export interface DefineMetersOptions {
  /** Version of the scope on the wire. Default none. */
  readonly version?: string;
}

/**
 * Turns a catalog into typed instruments that find their cell without hashing and give every point its tenant.
 *
 * The same definition made twice (two copies of a module) shares its series. Works without an SDK: what is
 * recorded before one starts is kept and handed over.
 * @param scope instrumentation scope, 1 to 255 characters, usually the name of the app or package
 * @throws ERR_METER_* for every mistake in the catalog; see `MeterErrorCode`
 * @example
 * const meters = defineMeters('shop', {
 *   ordersPlaced: counter('shop.orders.placed', { unit: '{order}', attributes: { status: oneOf('paid', 'declined') } }),
 * });
 * meters.ordersPlaced.add(1, { status: 'paid' });
 */
export function defineMeters<const C extends MeterDefinitions>(
  scope: string,
  definitions: C,
  options: DefineMetersOptions = {},
): Meters<C> {
  if (typeof scope !== 'string' || scope.trim() === '' || scope.length > 255)
    throw meterError(
      'ERR_METER_SCOPE',
      'the scope',
      'a string of 1 to 255 characters',
      scope,
      'use the name of the app or package',
    );
  checkCatalog(definitions);
  const state = sharedState();
  const meters: Record<string, unknown> = {};
  const { version } = options;
  state.checkDuplicates({ name: scope, version }, Object.values(definitions));
  for (const [key, definition] of Object.entries(definitions))
    meters[key] = state.instrument({ name: scope, version }, definition).face;
  rememberCatalog(meters, catalog(scope, version, definitions));
  return Object.freeze(meters) as Meters<C>;
}

/** Every definition by itself, then names that Prometheus would merge. */
function checkCatalog(definitions: MeterDefinitions): void {
  const names = new Map<string, string>();
  for (const [key, definition] of Object.entries(definitions)) {
    checkDefinition(key, definition);
    const name = labelName(definition.name).toLowerCase();
    const other = names.get(name);
    if (other !== undefined)
      throw meterError(
        'ERR_METER_DUPLICATE',
        `the names of ${other} and ${key}`,
        'different, also in Prometheus',
        definition.name,
        'rename one of them',
      );
    names.set(name, key);
  }
}

function catalog(
  scope: string,
  version: string | undefined,
  definitions: MeterDefinitions,
): MeterCatalog {
  const instruments = Object.entries(definitions).map(([key, definition]) => ({
    key,
    ...definition,
  }));
  return { scope, version, instruments };
}
