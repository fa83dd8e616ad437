import { createNoopMeter, type MeterProvider, metrics } from '@opentelemetry/api';
import { OTHER } from '../attributes/kinds.ts';
import { GaugeCells, SumCells } from '../cells/number-cells.ts';
import { withTenant } from '../cells/series.ts';
import type { Instrument } from '../instruments/instrument.ts';
import type { TenantRef } from '../tenant/tenant-ref.ts';
import { apiWriter } from './api-writer.ts';
import { PENDING } from './mode.ts';
import type { SharedState } from './shared-state.ts';

/** How many histogram recordings are kept for an SDK that starts late. Sums and gauges need no log. */
export const LOG_LIMIT = 8_192;

interface LoggedCall {
  readonly instrument: Instrument;
  readonly value: number;
  readonly combination: number;
  readonly tenant: TenantRef | undefined;
}

/** Notices an SDK that is not ours, hands it what was recorded before it came, and passes calls on. */
export class ForeignSdk {
  readonly #state: SharedState;
  #log: LoggedCall[] = [];
  #seen: MeterProvider | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(state: SharedState) {
    this.#state = state;
  }

  /** Cheap enough for every call before an SDK is there: one look at the API's global. */
  look(): void {
    const provider = metrics.getMeterProvider();
    if (provider !== this.#seen) this.#inspect(provider);
    else if (this.#timer === undefined) this.#watch(100);
  }

  #inspect(provider: MeterProvider): void {
    this.#seen = provider;
    if (provider.getMeter('@bellwether/meters') === createNoopMeter()) {
      if (this.#timer === undefined) this.#watch(100);
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#state.yieldToForeign();
    this.#replay();
  }

  /** For a process that records, registers its SDK and then records no more. */
  #watch(delayMs: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#state.mode !== PENDING) return;
      this.#watch(Math.min(delayMs * 2, 5_000));
      this.look();
    }, delayMs);
    this.#timer.unref();
  }

  log(
    instrument: Instrument,
    value: number,
    combination: number,
    tenant: TenantRef | undefined,
  ): void {
    if (instrument.definition.kind !== 'histogram') return;
    if (this.#log.length < LOG_LIMIT) this.#log.push({ instrument, value, combination, tenant });
    else instrument.refuse('replay_overflow');
  }

  write(
    instrument: Instrument,
    value: number,
    combination: number,
    tenant: string | undefined,
  ): void {
    instrument.foreign ??= apiWriter(instrument);
    instrument.foreign(
      value,
      withTenant(instrument.combinations.attributesOf(combination), tenant),
    );
  }

  #replay(): void {
    const { labels } = this.#state.tenants;
    for (const instrument of this.#state.registry.all()) {
      const { cells, series } = instrument;
      if (cells instanceof SumCells || cells instanceof GaugeCells)
        series.forEach((cell, slot, combination) => {
          this.write(instrument, cells.read(cell), combination, this.#name(labels[slot]));
        });
      series.reset();
    }
    for (const { instrument, value, combination, tenant } of this.#log)
      this.write(
        instrument,
        value,
        combination,
        tenant && this.#state.tenants.lifetimeLabel(tenant),
      );
    this.#log = [];
  }

  /** Names given before this SDK came count for the life of the process. */
  #name(label: string | undefined): string | undefined {
    if (label === undefined || label === OTHER) return label;
    const ref = this.#state.tenants.resolve(label);
    return ref && this.#state.tenants.lifetimeLabel(ref);
  }

  /** Our SDK took over: its producer has it all. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#log = [];
  }

  /** Our SDK goes: a provider that it leaves behind is not another SDK. */
  ignoreCurrent(): void {
    this.#seen = metrics.getMeterProvider();
  }
}
