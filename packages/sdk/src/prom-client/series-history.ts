import type { FamilyKind } from './prom-name.ts';
import type { PromLabels } from './registry.ts';

/** A series as long as its metric has it. */
export interface Series {
  readonly labels: PromLabels;
  /** Before this moment the value was nothing; milliseconds since the epoch. */
  startMs: number;
  /** What only grows, as it was when last read; NaN for what may fall. */
  total: number;
  /** The collection that saw it last. */
  round: number;
  /** Its labels as OTLP attributes, once somebody has written them. */
  bytes?: Uint8Array;
}

/**
 * Since when the series of one metric count. prom-client doesn't say, so the first ones count since the process began, a later one since the
 * collection before, when it was not there, and one whose total fell since the collection before too: it was reset.
 */
export class SeriesHistory {
  readonly kind: FamilyKind;
  readonly #series = new Map<string, Series>();
  #round = 0;
  #timeMs: number;
  #sinceMs: number;

  /** @param sinceMs When the process began. */
  constructor(kind: FamilyKind, sinceMs: number) {
    this.kind = kind;
    this.#sinceMs = sinceMs;
    this.#timeMs = sinceMs;
  }

  /** A collection at a moment that is later than those before. */
  begin(timeMs: number): void {
    this.#round += 1;
    this.#sinceMs = this.#round === 1 ? Math.min(this.#sinceMs, timeMs - 1) : this.#timeMs + 1;
    this.#timeMs = timeMs;
  }

  /** The series of this collection, or undefined when it was seen already. */
  see(labels: PromLabels, total: number): Series | undefined {
    const key = keyOf(labels);
    const known = this.#series.get(key);
    if (known === undefined) {
      const series = { labels, startMs: this.#sinceMs, total, round: this.#round };
      this.#series.set(key, series);
      return series;
    }
    if (known.round === this.#round) return undefined;
    known.round = this.#round;
    if (total < known.total) known.startMs = this.#sinceMs;
    known.total = total;
    return known;
  }

  /** Forgets the series that this collection did not see, and returns them. */
  takeGone(): Series[] {
    const gone: Series[] = [];
    for (const [key, series] of this.#series) {
      if (series.round === this.#round) continue;
      this.#series.delete(key);
      gone.push(series);
    }
    return gone;
  }
}

/** The same for the same labels in any order. */
function keyOf(labels: PromLabels): string {
  let key = '';
  for (const name of Object.keys(labels).sort()) key += `${name}\u0000${labels[name]}\u0001`;
  return key;
}
