// Hot: every attribute of every recorded span. Bench: span.bench.ts
import { type Attributes, type AttributeValue, diag } from '@opentelemetry/api';
import { cleanAttributes } from '@opentelemetry/core';

/** From so many on, a map finds the key. */
const MANY = 32;

/** The attributes of one span: keys and values in turn in one array, in the order in which the keys came. */
export class AttributeList {
  readonly pairs: unknown[] = [];
  dropped = 0;
  private index: Map<string, number> | undefined;

  constructor() {
    this.index = undefined;
  }

  get size(): number {
    return this.pairs.length >> 1;
  }

  /** Takes over what a span starts with; unlike later, what is invalid counts as dropped. */
  start(attributes: Attributes | undefined, countLimit: number, lengthLimit: number): void {
    if (typeof attributes !== 'object' || attributes === null) return;
    const { pairs } = this;
    for (const key in attributes) {
      if (!Object.hasOwn(attributes, key)) continue;
      const value = attributes[key];
      if (value === undefined) continue;
      if (key.length === 0) {
        diag.warn(`Invalid attribute key: ${key}`);
        this.dropped++;
        continue;
      }
      const clean = cleanValue(key, value, lengthLimit);
      if (clean === undefined || pairs.length >> 1 >= countLimit) this.dropped++;
      else pairs.push(key, clean);
    }
  }

  set(key: string, value: unknown, countLimit: number, lengthLimit: number): void {
    if (value === undefined) return;
    if (key.length === 0) {
      diag.warn(`Invalid attribute key: ${key}`);
      return;
    }
    const { pairs } = this;
    const at = this.find(key);
    if (at < 0 && pairs.length >> 1 >= countLimit) {
      this.dropped++;
      if (this.dropped === 1) diag.warn('Dropping extra attributes.');
      return;
    }
    const clean = cleanValue(key, value, lengthLimit);
    if (clean === undefined) return;
    if (at >= 0) {
      pairs[at + 1] = clean;
      return;
    }
    this.index?.set(key, pairs.length);
    pairs.push(key, clean);
  }

  toObject(): Attributes {
    const { pairs } = this;
    const attributes: Attributes = {};
    for (let i = 0; i < pairs.length; i += 2) {
      attributes[pairs[i] as string] = pairs[i + 1] as AttributeValue;
    }
    return attributes;
  }

  private find(key: string): number {
    const { pairs } = this;
    if (pairs.length < MANY * 2) {
      for (let i = 0; i < pairs.length; i += 2) if (pairs[i] === key) return i;
      return -1;
    }
    if (this.index === undefined) {
      this.index = new Map();
      for (let i = 0; i < pairs.length; i += 2) this.index.set(pairs[i] as string, i);
    }
    return this.index.get(key) ?? -1;
  }
}

/** The value as it is kept: text cut to the limit, objects copied. `undefined` for what is no attribute value, which is said. */
function cleanValue(key: string, value: unknown, lengthLimit: number): unknown {
  if (typeof value === 'string') {
    return value.length <= lengthLimit ? value : value.substring(0, lengthLimit);
  }
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return cleanAttributes({ [key]: value } as Attributes, {
    attributeCountLimit: 1,
    attributeValueLengthLimit: lengthLimit,
  }).attributes?.[key];
}
