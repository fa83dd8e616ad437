// Hot: every call without a bound handle comes through here. Bench: ./record.bench.ts
import type { Attributes } from '@opentelemetry/api';
import type { InstrumentDefinition } from '../catalog/definition.ts';
import { Combinations } from '../cells/combinations.ts';
import { SumCells } from '../cells/number-cells.ts';
import type { Refusal } from '../cells/refusal.ts';
import { Series } from '../cells/series.ts';
import { OURS } from '../state/mode.ts';
import type { SharedState } from '../state/shared-state.ts';
import { FIRST_NAMED, type TenantRef } from '../tenant/tenant-ref.ts';
import { Bound, Fixed } from './bound.ts';
import { createCells, type HistogramBuckets, type InstrumentCells } from './create-cells.ts';
import { type Face, faceOf, type TenantFace, tenantFaceOf } from './faces.ts';
import { FixedSum } from './fixed-sum.ts';

/** The scope that an instrument is exported under. */
export interface MeterScope {
  readonly name: string;
  readonly version: string | undefined;
}

/** What bind() finds once, for the faces in verbs.ts. */
export type Handle = Bound | Fixed | FixedSum;

/** One instrument of one scope, whatever its kind: the kind decides its cells and its lowest value. */
export class Instrument {
  readonly state: SharedState;
  readonly scope: MeterScope;
  readonly definition: InstrumentDefinition;
  readonly combinations: Combinations;
  cells: InstrumentCells;
  series: Series;
  /** Where calls go while another SDK owns the metrics; made when first needed. */
  foreign: ((value: number, attributes: Attributes) => void) | undefined;
  readonly #tenant: boolean;
  /** Below it a value is refused as negative. */
  readonly lowest: number;
  readonly #said = new Set<Refusal>();
  /** What the code that defined it records by. */
  readonly face: Face;
  /** By slot of the tenant: its face. After an eviction another tenant in that slot gets another one. */
  readonly tenants: (TenantFace | undefined)[] = [undefined, undefined];
  #noTenant: TenantFace | undefined;

  /** `common`: attributes of all its points beside those of the calls. */
  constructor(
    state: SharedState,
    scope: MeterScope,
    definition: InstrumentDefinition,
    common?: Attributes,
  ) {
    const { kind } = definition;
    this.state = state;
    this.scope = scope;
    this.definition = definition;
    this.#tenant = definition.tenant;
    this.lowest = kind === 'counter' || kind === 'histogram' ? 0 : Number.NEGATIVE_INFINITY;
    this.cells = createCells(definition, state.buckets);
    this.series = new Series(this.cells, state.now);
    this.combinations = new Combinations(
      definition.attributes,
      (reason) => this.refuse(reason),
      common,
    );
    this.face = faceOf(kind, this);
  }

  record(value: number, attributes?: Attributes): void {
    if (!this.accepts(value)) return;
    const combination = this.combinations.of(attributes);
    if (combination < 0) return;
    const { state } = this;
    if (state.mode !== OURS && state.divert(this, value, combination, undefined)) return;
    const slot = this.#tenant ? state.currentSlot() : 0;
    this.cells.record(this.series.cellAt(slot, combination), value);
  }

  /** False for a value that no instrument of this kind takes; it is then counted as refused. */
  accepts(value: number): boolean {
    if (Number.isFinite(value) && value >= this.lowest) return true;
    this.refuse(Number.isFinite(value) ? 'negative' : 'not_a_finite_number');
    return false;
  }

  bind(attributes?: Attributes): Handle {
    if (!this.#tenant) return this.fixed(attributes, undefined);
    return new Bound(this, this.combinations.of(attributes), attributes);
  }

  /** A handle whose tenant is fixed too. */
  fixed(attributes: Attributes | undefined, ref: TenantRef | undefined): Handle {
    const combination = this.combinations.of(attributes);
    return this.cells instanceof SumCells
      ? new FixedSum(this, this.cells, combination, attributes, ref)
      : new Fixed(this, combination, attributes, ref);
  }

  /** One tenant's face. A tenant with a name of its own is given the same one each time: nothing is made per call. */
  forTenant(id: string): TenantFace {
    const ref = this.#tenant ? this.state.tenants.resolve(id) : undefined;
    if (ref === undefined) {
      this.#noTenant ??= tenantFaceOf(this, undefined);
      return this.#noTenant;
    }
    const { slot } = ref;
    if (slot < FIRST_NAMED) return tenantFaceOf(this, ref);
    const kept = this.tenants[slot];
    return kept !== undefined && kept.ref === ref ? kept : this.#keep(ref);
  }

  #keep(ref: TenantRef): TenantFace {
    const face = tenantFaceOf(this, ref);
    while (this.tenants.length < ref.slot) this.tenants.push(undefined);
    this.tenants[ref.slot] = face;
    return face;
  }

  /** Takes other buckets, unless something was recorded: that is not thrown away. */
  useBuckets(buckets: HistogramBuckets): void {
    if (this.definition.kind !== 'histogram' || !this.series.isEmpty) return;
    this.cells = createCells(this.definition, buckets);
    this.series = new Series(this.cells, this.state.now);
  }

  refuse(reason: Refusal): void {
    this.state.refused(this.definition.name, reason, this.#said);
  }
}
