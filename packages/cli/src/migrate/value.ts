import type ts from 'typescript';

/** What an expression is known to be without running it. */
export type Value = string | number | boolean | null | readonly Value[] | ObjectValue | Unknown;

export class ObjectValue {
  readonly entries: ReadonlyMap<string, Value>;

  constructor(entries: ReadonlyMap<string, Value>) {
    this.entries = entries;
  }
}

/** Not known without running it. */
export class Unknown {
  /** A few words for the person who reads the draft. */
  readonly why: string;
  /** The parameter or loop variable on which it depends: whoever knows its values may ask again. */
  readonly variable: ts.Node | undefined;

  constructor(why: string, variable?: ts.Node) {
    this.why = why;
    this.variable = variable;
  }
}

export const isUnknown = (value: Value): value is Unknown => value instanceof Unknown;
export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** The first part of a value that is not known. */
export function unknownIn(value: Value): Unknown | undefined {
  if (isUnknown(value)) return value;
  const parts = isList(value) ? value : value instanceof ObjectValue ? value.entries.values() : [];
  for (const part of parts) {
    const unknown = unknownIn(part);
    if (unknown !== undefined) return unknown;
  }
  return undefined;
}

/** A property or an element. `null` stands for what is not there. */
export function member(value: Value, key: string | number): Value {
  if (isUnknown(value)) return value;
  if (value instanceof ObjectValue) return value.entries.get(String(key)) ?? null;
  if (isList(value)) {
    if (key === 'length') return value.length;
    return value[Number(key)] ?? null;
  }
  return new Unknown(`.${key} of a ${typeof value}`);
}
