// Hot: turns the attributes of a call into a small number. Bench: ../instruments/record.bench.ts
import type { Attributes } from '@opentelemetry/api';
import { AttributeIndex } from '../attributes/attribute-index.ts';
import { MAX_COMBINATIONS } from '../attributes/check-attributes.ts';
import type { AttributeKinds } from '../attributes/kinds.ts';
import type { Refusal } from './refusal.ts';

const SMALL_SPACE = 4_096;

/** Numbers the combinations of attribute values that really occur: 0, 1, 2 ... in order of appearance. */
export class Combinations {
  readonly #attributes: readonly AttributeIndex[];
  readonly #required: number;
  readonly #refuse: (reason: Refusal) => void;
  readonly #common: Attributes;
  /** Radix number to combination + 1; a table where the space is small, else a map of numbers. */
  readonly #table: Int32Array | undefined;
  readonly #map = new Map<number, number>();
  readonly #objects: Attributes[] = [];

  /** `common`: what every combination has beside the attributes of its call. */
  constructor(kinds: AttributeKinds, refuse: (reason: Refusal) => void, common: Attributes = {}) {
    let stride = 1;
    let required = 0;
    this.#attributes = Object.keys(kinds).map((key, position) => {
      const attribute = new AttributeIndex(key, kinds[key] as never, position, stride);
      stride *= attribute.size;
      if (attribute.required) required |= attribute.bit;
      return attribute;
    });
    this.#required = required;
    this.#table = stride <= SMALL_SPACE ? new Int32Array(stride) : undefined;
    this.#refuse = refuse;
    this.#common = common;
  }

  /** The combination of an attributes object, or -1 when it was refused (and counted). */
  of(attributes: Attributes | undefined): number {
    try {
      return this.#find(attributes);
    } catch {
      // Attributes that throw when they are read: a getter, a proxy.
      return this.#refused('unknown_value');
    }
  }

  #find(attributes: Attributes | undefined): number {
    const list = this.#attributes;
    let radix = 0;
    let seen = 0;
    let position = 0;
    for (const key in attributes) {
      let attribute = position < list.length ? (list[position++] as AttributeIndex) : undefined;
      if (attribute === undefined || attribute.key !== key) {
        attribute = this.#attributeOf(key);
        if (attribute === undefined) return this.#refused('unknown_attribute');
      }
      const value = attributes[key];
      if (value === undefined) continue;
      const part = attribute.radixOf(value);
      if (part < 0) return this.#refused('unknown_value');
      radix += part;
      seen |= attribute.bit;
    }
    if ((seen & this.#required) !== this.#required) return this.#refused('missing_attribute');
    const table = this.#table;
    const known = table === undefined ? this.#map.get(radix) : table[radix];
    return known === undefined || known === 0 ? this.#number(radix) : known - 1;
  }

  /** The attributes of a combination, without the tenant. Frozen. */
  attributesOf(combination: number): Attributes {
    return this.#objects[combination] as Attributes;
  }

  #attributeOf(key: string): AttributeIndex | undefined {
    for (const attribute of this.#attributes) if (attribute.key === key) return attribute;
    return undefined;
  }

  #refused(reason: Refusal): -1 {
    this.#refuse(reason);
    return -1;
  }

  #number(radix: number): number {
    if (this.#objects.length >= MAX_COMBINATIONS) {
      const folded = this.#fold(radix);
      const known = this.#lookUp(folded);
      if (known !== undefined) return known - 1;
      radix = folded;
    }
    const combination = this.#objects.push(this.#decode(radix)) - 1;
    if (this.#table) this.#table[radix] = combination + 1;
    else this.#map.set(radix, combination + 1);
    return combination;
  }

  #lookUp(radix: number): number | undefined {
    return (this.#table ? this.#table[radix] : this.#map.get(radix)) || undefined;
  }

  /** The same combination with every open attribute as `__other__`: what an instrument with too many gets. */
  #fold(radix: number): number {
    let folded = radix;
    for (const { stride, size, open, other } of this.#attributes) {
      const index = Math.floor(radix / stride) % size;
      if (open && (index !== 0 || other === 0)) folded += (other - index) * stride;
    }
    return folded;
  }

  #decode(radix: number): Attributes {
    const attributes: Attributes = { ...this.#common };
    for (const { key, stride, size, values } of this.#attributes) {
      const value = values[Math.floor(radix / stride) % size];
      if (value !== undefined) attributes[key] = value;
    }
    return Object.freeze(attributes);
  }
}
