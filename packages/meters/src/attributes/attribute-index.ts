// Hot: runs for every attribute of every recorded call. Bench: ../instruments/record.bench.ts
import type { AttributeKind, AttributeValue } from './kinds.ts';
import { OTHER } from './kinds.ts';

const MAX_VALUE_LENGTH = 256;

/** Gives each value of one attribute of one instrument a small number, bounded as declared. */
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
  readonly #indexes = new Map<unknown, number>();
  readonly #type: 'string' | 'int';
  #last: unknown = AttributeIndex;
  #lastIndex = -1;

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
    if (of.kind === 'oneOf') for (const value of of.values) this.#name(value);
  }

  /** The number of a value, or -1 when it is refused. */
  indexOf(value: unknown): number {
    if (value === this.#last) return this.#lastIndex;
    const index = this.#indexes.get(value);
    if (index === undefined) return this.#open(value);
    this.#last = value;
    this.#lastIndex = index;
    return index;
  }

  #open(value: unknown): number {
    if (!this.open) return -1;
    if (this.#type === 'int' ? !Number.isSafeInteger(value) : typeof value !== 'string') return -1;
    if (value === OTHER || this.values.length >= this.size) return this.other;
    if (typeof value === 'string' && value.length > MAX_VALUE_LENGTH) return this.other;
    return this.#name(value as AttributeValue);
  }

  #name(value: AttributeValue): number {
    const index = this.values.push(value) - 1;
    this.#indexes.set(value, index);
    return index;
  }
}
