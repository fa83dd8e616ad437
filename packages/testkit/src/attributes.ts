import type { WireAttribute, WireValue } from './otlp-messages.ts';

/** An attribute's value as a plain one; an integer beyond 2^53 stays a `bigint`. */
export type AttributeValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };

export type Attributes = Readonly<Record<string, AttributeValue>>;

/** What a reader asks for: each named attribute must be equal; `undefined` asks that it is absent. */
export type AttributesFilter = Readonly<Record<string, string | number | boolean | undefined>>;

export function toAttributes(wire: readonly WireAttribute[] | undefined): Attributes {
  return Object.fromEntries((wire ?? []).map(({ key, value }) => [key, toValue(value)]));
}

export function toValue(wire: WireValue | null): AttributeValue {
  if (wire === null) return null;
  if (wire.stringValue !== undefined) return wire.stringValue;
  if (wire.boolValue !== undefined) return wire.boolValue;
  if (wire.intValue !== undefined) return safeNumber(wire.intValue);
  if (wire.doubleValue !== undefined) return wire.doubleValue;
  if (wire.arrayValue !== undefined) return wire.arrayValue.values.map(toValue);
  if (wire.kvlistValue !== undefined) return toAttributes(wire.kvlistValue.values);
  return wire.bytesValue ?? null;
}

export function matches(attributes: Attributes, filter: AttributesFilter | undefined): boolean {
  return Object.entries(filter ?? {}).every(([key, value]) => attributes[key] === value);
}

/** The same text for the same attributes in any order. */
export function attributesKey(attributes: Attributes): string {
  const sorted = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(sorted, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
}

function safeNumber(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
