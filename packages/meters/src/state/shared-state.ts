// Hot in part: `mode`, `epoch` and `currentSlot` are read by every recorded call. Bench: ../instruments/record.bench.ts
import { diag } from '@opentelemetry/api';
import type { InstrumentDefinition } from '../catalog/definition.ts';
import type { Refusal } from '../cells/refusal.ts';
import type { HistogramBuckets } from '../instruments/create-cells.ts';
import { Instrument, type MeterScope } from '../instruments/instrument.ts';
import { type RequestStore, RequestStores } from '../tenant/request-store.ts';
import { TenantBudget } from '../tenant/tenant-budget.ts';
import { FIRST_NAMED, NO_TENANT, OTHER_TENANT, type TenantRef } from '../tenant/tenant-ref.ts';
import { carryOver } from './carry-over.ts';
import { collectAll } from './collect.ts';
import { type CollectionClock, tick } from './collection-clock.ts';
import { ForeignSdk } from './foreign-sdk.ts';
import { type MeasuredInstrument, measuredInstruments } from './measured.ts';
import type { MetricProducer, ScopeMetrics } from './metric-data.ts';
import { FOREIGN, type Mode, OURS, PENDING } from './mode.ts';
import { defineOwnMeters, type OwnMeters } from './own-meters.ts';
import { Registry } from './registry.ts';

/** Our SDK's hold on the cells. */
export interface Takeover {
  readonly producer: MetricProducer;
  /** What `producer` would give, at once: for the moment in which the process exits. */
  collectNow(): ScopeMetrics[];
  /** The instruments of all scopes with their cells, those of a scope together: for an exporter that writes points itself. */
  instruments(): MeasuredInstrument[];
  /** A time for such points in milliseconds since the epoch; never the same twice, nor that of a collection. */
  tick(): number;
  /** After all of them were read: looks at the idle tenants, as a collection does at its end. */
  sweep(): void;
  release(): void;
}

/** Everything that all copies of this package in a process share. */
export class SharedState {
  readonly now: () => number;
  readonly tenants: TenantBudget;
  readonly requests = new RequestStores();
  readonly registry = new Registry();
  mode: Mode = PENDING;
  /** Of histograms that do not ask for exponential ones. */
  buckets: HistogramBuckets = 'explicit';
  /** Changes whenever a cell may have moved: eviction, change of mode. */
  epoch = 0;
  readonly #own: OwnMeters;
  readonly #foreign: ForeignSdk;
  readonly #clock: CollectionClock = { lastMs: 0 };
  #takeover: Takeover | undefined;

  constructor(now: () => number = Date.now) {
    this.now = now;
    this.tenants = new TenantBudget(now, {
      admitted: (change) => this.#own.admitted.record(change),
      evicted: (slot) => this.#evicted(slot),
      refused: () => this.#own.refusedTenants.record(1),
    });
    this.#foreign = new ForeignSdk(this);
    this.#own = defineOwnMeters(this);
  }

  instrument(scope: MeterScope, definition: InstrumentDefinition): Instrument {
    return this.registry.getOrCreate(
      scope,
      definition,
      (common) => new Instrument(this, scope, definition, common),
    );
  }

  checkDuplicates(scope: MeterScope, definitions: readonly InstrumentDefinition[]): void {
    for (const definition of definitions) this.registry.find(scope, definition);
  }

  /** The slot of the request in progress. */
  currentSlot(): number {
    const store = this.requests.current();
    if (store === undefined) return NO_TENANT;
    const ref = store.tenant;
    if (ref === undefined) return NO_TENANT;
    const { slot } = ref;
    if (slot < FIRST_NAMED) return this.#refreshed(store, ref);
    this.tenants.used[slot] = 1;
    return slot;
  }

  /** The slot of a ref that was refreshed just now; notes the use, counts what is folded. */
  slotOf(ref: TenantRef | undefined): number {
    if (ref === undefined) return NO_TENANT;
    const { slot } = ref;
    this.tenants.used[slot] = 1;
    if (slot === OTHER_TENANT) {
      this.tenants.wantPlace();
      this.#own.folded.record(1);
    }
    return slot;
  }

  /** Until when a cell of this slot may be kept; never for `__other__`, where each call is counted as folded. */
  epochOf(slot: number): number {
    return this.mode === OURS && slot !== OTHER_TENANT ? this.epoch : -1;
  }

  #refreshed(store: RequestStore, ref: TenantRef): number {
    const fresh = this.tenants.refresh(ref);
    if (fresh !== ref) {
      // A store may move what it has counted, and counts under the old ref for that: what was counted under it is in `__other__`.
      const { slot, epoch } = ref;
      ref.slot = OTHER_TENANT;
      ref.epoch = this.tenants.epoch;
      store.tenant = fresh;
      ref.slot = slot;
      ref.epoch = epoch;
    }
    return this.slotOf(fresh);
  }

  /**
   * The slow way while our SDK is not there. True when the call is done; false when it goes into its cell.
   * `ref`: undefined for the tenant of the request in progress, null for none.
   */
  divert(
    instrument: Instrument,
    value: number,
    combination: number,
    ref: TenantRef | null | undefined,
  ): boolean {
    if (this.mode === PENDING) this.#foreign.look();
    const tenant = instrument.definition.tenant
      ? ref === undefined
        ? this.requests.current()?.tenant
        : (ref ?? undefined)
      : undefined;
    if (this.mode === FOREIGN) {
      const label = tenant && this.tenants.lifetimeLabel(tenant);
      if (tenant && label !== tenant.id) this.#own.folded.record(1);
      this.#foreign.write(instrument, value, combination, label);
      return true;
    }
    this.#foreign.log(instrument, value, combination, tenant);
    return false;
  }

  /** Counts a refused recording, and says it the first time for an instrument and reason. */
  refused(name: string, reason: Refusal, said: Set<Refusal>): void {
    this.#own.refused.record(1, { reason });
    if (said.has(reason)) return;
    said.add(reason);
    diag.warn(
      `${name}: refused a recording (${reason}); counted in bellwether.meters.refused, said once.`,
    );
  }

  /** Our SDK is here: from now on the cells are exported by the producer, until released. */
  takeOver(buckets: HistogramBuckets = 'explicit'): Takeover {
    this.buckets = buckets;
    for (const instrument of this.registry.all()) instrument.useBuckets(buckets);
    this.#setMode(OURS);
    this.#foreign.forget();
    const takeover: Takeover = {
      producer: { collect: async () => collectAll(this, this.#clock) },
      collectNow: () => collectAll(this, this.#clock).resourceMetrics.scopeMetrics,
      instruments: () => measuredInstruments(this),
      tick: () => tick(this.now(), this.#clock),
      sweep: () => this.tenants.sweep(),
      release: () => {
        if (this.#takeover !== takeover) return;
        this.#takeover = undefined;
        this.#foreign.ignoreCurrent();
        this.#setMode(PENDING);
      },
    };
    this.#takeover = takeover;
    return takeover;
  }

  /** Another SDK owns the metrics from now on. */
  yieldToForeign(): void {
    this.#setMode(FOREIGN);
  }

  #setMode(mode: Mode): void {
    this.mode = mode;
    this.epoch++;
  }

  #evicted(slot: number): void {
    this.epoch++;
    for (const instrument of this.registry.all()) carryOver(instrument, slot);
    this.#own.evicted.record(1);
  }
}

const KEY = Symbol.for('@bellwether/meters/1');

/** The one state of the process, made by whichever copy needs it first. */
export function sharedState(): SharedState {
  const holder = globalThis as { [KEY]?: SharedState };
  holder[KEY] ??= new SharedState();
  return holder[KEY];
}
