// Hot: runs for every attribute of every recorded call. Bench: ../instruments/record.bench.ts
import type { AttributeKind, AttributeValue } from './kinds.ts';
import { OTHER } from './kinds.ts';

const MAX_VALUE_LENGTH = 256;

/**
 * Gives each value of one attribute of one instrument a small number, bounded as declared. What a call needs is that number
 * times `stride`: the radix. The first three strings are compared with, which is cheaper than the map is.
 */
export class AttributeIndex {
  readonly key: string;
  readonly bit: number;
  readonly stride: number;
  readonly size: number;
  readonly required: boolean;
  readonly open: boolean;
  /** Index of `__other__`; -1 for closed lists. */
  readonly other: number;
  /** Value by index; undefined stands for "left out". */
  readonly values: (AttributeValue | undefined)[] = [];
  readonly #radixes = new Map<unknown, number>();
  readonly #type: 'string' | 'int';
  #strings = 0;
  /** Until strings are known, each is `__other__` and what that comes to. */
  #first: string = OTHER;
  #second: string = OTHER;
  #third: string = OTHER;
  #firstRadix: number;
  #secondRadix: number;
  #thirdRadix: number;
  #last: unknown = AttributeIndex;
  #lastRadix = -1;

  constructor(key: string, kind: AttributeKind, position: number, stride: number) {
    this.key = key;
    this.bit = 1 << position;
    this.stride = stride;
    this.required = kind.kind !== 'optional';
    const of = kind.kind === 'optional' ? kind.of : kind;
    if (!this.required) this.values.push(undefined);
    this.open = of.kind === 'upTo';
    this.other = of.kind === 'upTo' ? this.values.push(OTHER) - 1 : -1;
    this.#type = of.kind === 'upTo' ? of.type : 'string';
    this.size = this.values.length + (of.kind === 'upTo' ? of.limit : of.values.length);
    const unnamed = this.open ? this.other * stride : -1;
    this.#firstRadix = unnamed;
    this.#secondRadix = unnamed;
    this.#thirdRadix = unnamed;
    if (of.kind === 'oneOf') for (const value of of.values) this.#name(value);
  }

  /** The number of a value times `stride`, or -1 when it is refused. */
  radixOf(value: unknown): number {
    if (typeof value === 'string') {
      if (value === this.#first) return this.#firstRadix;
      if (value === this.#second) return this.#secondRadix;
      if (value === this.#third) return this.#thirdRadix;
    }
    return value === this.#last ? this.#lastRadix : this.#find(value);
  }

  #find(value: unknown): number {
    const radix = this.#radixes.get(value);
    if (radix === undefined) return this.#open(value);
    this.#last = value;
    this.#lastRadix = radix;
    return radix;
  }

  /** Halves of characters all become U+FFFD on the wire: named, they would be several series with one name. */
  #open(value: unknown): number {
    if (!this.open) return -1;
    // For Prometheus a label that is empty is not there: both ways would be one series twice, and the whole request refused.
    if (value === '' && !this.required) return 0;
    if (this.#type === 'int' ? !Number.isSafeInteger(value) : typeof value !== 'string') return -1;
    const folded =
      value === OTHER ||
      this.values.length >= this.size ||
      (typeof value === 'string' && (value.length > MAX_VALUE_LENGTH || !value.isWellFormed()));
    return folded ? this.other * this.stride : this.#name(value as AttributeValue);
  }

  #name(value: AttributeValue): number {
    const radix = (this.values.push(value) - 1) * this.stride;
    this.#radixes.set(value, radix);
    if (typeof value === 'string') this.#keepString(value, radix);
    return radix;
  }

  #keepString(value: string, radix: number): void {
    this.#strings++;
    if (this.#strings === 1) {
      this.#first = value;
      this.#firstRadix = radix;
    } else if (this.#strings === 2) {
      this.#second = value;
      this.#secondRadix = radix;
    } else if (this.#strings === 3) {
      this.#third = value;
      this.#thirdRadix = radix;
    }
  }
}
