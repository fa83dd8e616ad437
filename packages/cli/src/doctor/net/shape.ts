// What a server sends has a shape only after a look: it may be another program, or one that means harm.

export type Shape<T> = (value: unknown) => value is T;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isText = (value: unknown): value is string => typeof value === 'string';

/** A list whose every element has the shape. */
export const listOf =
  <T>(shape: Shape<T>): Shape<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every(shape);

/** A map from text to the shape. */
export const mapOf =
  <T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> =>
  (value): value is Readonly<Record<string, T>> =>
    isRecord(value) && Object.values(value).every(shape);

/** The same, or absent. */
export const optional =
  <T>(shape: Shape<T>): Shape<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || shape(value);

/** An object with these fields, and perhaps more. */
export const fields =
  <T extends object>(shapes: { readonly [K in keyof T]-?: Shape<T[K]> }): Shape<T> =>
  (value): value is T =>
    isRecord(value) &&
    Object.entries<Shape<unknown>>(shapes).every(([name, shape]) => shape(value[name]));
