// Hot in part: `used` is written by every recorded call. Bench: ../instruments/record.bench.ts
import { OTHER } from '../attributes/kinds.ts';
import { hashOfId, SlotGuess } from './slot-guess.ts';
import { DEFAULT_SHAPE, hasTenantShape, readTenantShape, type TenantShape } from './tenant-id.ts';
import { checkTenantLimits, type TenantOptions } from './tenant-options.ts';
import { EVICTED, FIRST_NAMED, OTHER_TENANT, type TenantRef } from './tenant-ref.ts';

/** A mask: with so many folded tenants and one more, no ref is made per call. */
const FOLDED_KEPT = 1_023;

/** What the budget tells about itself; each becomes a metric. */
export interface BudgetObserver {
  admitted(change: 1 | -1): void;
  evicted(slot: number): void;
  refused(): void;
}

/**
 * Bounds the tenants that keep their name. Nothing here grows with the ids that were ever seen: a tenant
 * beyond the budget gets a ref that records into `__other__`; the last thousand of those are kept.
 */
export class TenantBudget {
  /** By slot: 1 after a recording since the last sweep. */
  used = new Uint8Array(FIRST_NAMED);
  /** By slot: the name on points. */
  readonly labels: (string | undefined)[] = [undefined, OTHER];
  /** Places given back so far; a folded ref that saw fewer tries again. */
  epoch = 0;
  /** Where to look for an id first; what is there may be another's. */
  readonly guess = new SlotGuess();
  readonly #bySlot: (TenantRef | undefined)[] = [undefined, undefined];
  readonly #refs = new Map<string, TenantRef>();
  /** Refs of some folded tenants by a hash of the id, each displaced by the next of its hash. */
  readonly #folded: (TenantRef | undefined)[] = Array(FOLDED_KEPT + 1).fill(undefined);
  readonly #free: number[] = [];
  readonly #lifetime = new Set<string>();
  readonly #now: () => number;
  readonly #observer: BudgetObserver;
  #lastUsed = new Float64Array(FIRST_NAMED);
  #shape: TenantShape = DEFAULT_SHAPE;
  #budget = 200;
  #allowed: ReadonlySet<string> | undefined;
  #idleMs = 3_600_000;
  /** Somebody was folded for want of a place since the last sweep. */
  #waiting = false;

  constructor(now: () => number, observer: BudgetObserver) {
    this.#now = now;
    this.#observer = observer;
  }

  /** Tenants that have a name now. */
  get size(): number {
    return this.#refs.size;
  }

  configure(options: TenantOptions): void {
    checkTenantLimits(options);
    this.#shape = readTenantShape(options.pattern, options.maxLength, this.#shape);
    if (options.allowList !== undefined)
      this.#allowed = options.allowList.length > 0 ? new Set(options.allowList) : undefined;
    if (options.budget !== undefined) this.#budget = options.budget;
    if (options.idleSeconds !== undefined) this.#idleMs = options.idleSeconds * 1_000;
    this.epoch++;
  }

  isTenantId(value: unknown): value is string {
    return hasTenantShape(value, this.#shape);
  }

  /** The ref of an id: its own, or one that shares `__other__`; undefined when malformed (counted). */
  resolve(id: unknown): TenantRef | undefined {
    // Whoever has a name has the shape: looking it up is cheaper than looking at it.
    const guessed = this.#bySlot[this.guess.of(id as string)];
    if (guessed !== undefined && guessed.id === id) return guessed;
    const known = this.#refs.get(id as string);
    if (known !== undefined) return known;
    if (typeof id === 'string') {
      const folded = this.#folded[hashOfId(id) & FOLDED_KEPT];
      if (folded !== undefined && folded.id === id && folded.epoch === this.epoch) return folded;
    }
    if (hasTenantShape(id, this.#shape)) return this.#admit(id);
    this.#observer.refused();
    return undefined;
  }

  /** The ref to use instead of one that lost its place or was folded before a place came free. */
  refresh(ref: TenantRef): TenantRef {
    if (ref.slot >= FIRST_NAMED) return ref;
    if (ref.slot === OTHER_TENANT && ref.epoch === this.epoch) return ref;
    const own = this.#refs.get(ref.id) ?? this.#admit(ref.id);
    if (own.slot !== OTHER_TENANT) return own;
    // A folded ref is nobody else's: keep the caller's object, so that holders don't pay again.
    ref.slot = OTHER_TENANT;
    ref.epoch = this.epoch;
    return ref;
  }

  /** At most `budget` (or the allow-list's) names in the life of the process, then `__other__`. */
  lifetimeLabel(ref: TenantRef): string {
    if (ref.lifetime !== undefined) return ref.lifetime;
    const { id } = ref;
    const mayKeep = this.#allowed?.has(id) ?? this.#lifetime.size < this.#budget;
    if (!this.#lifetime.has(id) && mayKeep) this.#lifetime.add(id);
    ref.lifetime = this.#lifetime.has(id) ? id : OTHER;
    return ref.lifetime;
  }

  /** Somebody is folded who would take a place. Outside of an allow-list nobody does: there will be none. */
  wantPlace(): void {
    if (this.#allowed === undefined) this.#waiting = true;
  }

  /** After a collection: notes who recorded; if newcomers wait, frees the places of the idle. */
  sweep(): void {
    const now = this.#now();
    const evict = this.#waiting;
    for (const ref of this.#refs.values()) {
      const { slot } = ref;
      if (this.used[slot] === 1) {
        this.used[slot] = 0;
        this.#lastUsed[slot] = now;
      } else if (evict && now - (this.#lastUsed[slot] as number) >= this.#idleMs) this.#evict(ref);
    }
    this.#waiting = false;
  }

  #admit(id: string): TenantRef {
    const room = this.#allowed ? this.#allowed.has(id) : this.#refs.size < this.#budget;
    if (!room) {
      this.wantPlace();
      const ref = { id, slot: OTHER_TENANT, epoch: this.epoch, lifetime: undefined };
      this.#folded[hashOfId(id) & FOLDED_KEPT] = ref;
      return ref;
    }
    const slot = this.#free.pop() ?? this.#grow();
    this.labels[slot] = id;
    this.#lastUsed[slot] = this.#now();
    const ref: TenantRef = { id, slot, epoch: this.epoch, lifetime: undefined };
    this.#refs.set(id, ref);
    this.#bySlot[slot] = ref;
    this.#remember(ref);
    this.#observer.admitted(1);
    return ref;
  }

  #remember({ id, slot }: TenantRef): void {
    if (this.guess.isSmallFor(this.#refs.size)) {
      this.guess.clear(this.#refs.size);
      for (const ref of this.#refs.values()) this.guess.set(ref.id, ref.slot);
    } else this.guess.set(id, slot);
  }

  #evict(ref: TenantRef): void {
    const { slot } = ref;
    this.#observer.evicted(slot);
    this.#refs.delete(ref.id);
    this.labels[slot] = undefined;
    this.#bySlot[slot] = undefined;
    ref.slot = EVICTED;
    this.epoch++;
    this.#free.push(slot);
    this.#observer.admitted(-1);
  }

  #grow(): number {
    const slot = this.labels.length;
    if (slot < this.used.length) return slot;
    const used = new Uint8Array(this.used.length * 2);
    const lastUsed = new Float64Array(used.length);
    used.set(this.used);
    lastUsed.set(this.#lastUsed);
    this.used = used;
    this.#lastUsed = lastUsed;
    return slot;
  }
}
