import { meterError } from '../errors.ts';

/** What a declared attribute can be on the wire. */
export type AttributeValue = string | number | boolean;

/** The value that carries everything beyond a bound, for attributes and tenants alike. */
export const OTHER = '__other__';

/** A closed list of values: the cheapest kind, checked by TypeScript. */
export interface OneOf<V extends AttributeValue = AttributeValue> {
  readonly kind: 'oneOf';
  readonly values: readonly V[];
}

/** Open values with a bound: the first `limit` keep their name, the rest add up under `__other__`. */
export interface UpTo<V extends string | number = string | number> {
  readonly kind: 'upTo';
  readonly limit: number;
  readonly type: V extends number ? 'int' : 'string';
}

/** An attribute that a recording may leave out: one series more, without it. */
export interface Optional<K extends RequiredKind = RequiredKind> {
  readonly kind: 'optional';
  readonly of: K;
}

export type RequiredKind = OneOf | UpTo<string> | UpTo<number>;
/** What an attribute may take: made by `oneOf()`, `upTo()` and `optional()`. */
export type AttributeKind = RequiredKind | Optional;

/** Declared attributes of an instrument: key to kind. `tenant.id` is never declared, it comes by itself. */
export type AttributeKinds = { readonly [key: string]: AttributeKind };

/** A value that an attribute of this kind takes. */
export type DeclaredValue<K> =
  K extends Optional<infer R>
    ? DeclaredValue<R>
    : K extends OneOf<infer V>
      ? V
      : K extends { readonly type: 'int' }
        ? number
        : K extends { readonly type: 'string' }
          ? string
          : never;

type OptionalKeys<D extends AttributeKinds> = {
  [K in keyof D]: D[K] extends Optional ? K : never;
}[keyof D];

/** Nothing declared: `{}`, or the constraint itself, which TypeScript infers when `attributes` is left out. */
type IsNone<D extends AttributeKinds> = keyof D extends never
  ? true
  : string extends keyof D
    ? true
    : false;

/** The object that a recording takes. An unknown key or value is a type error. */
export type AttributesOf<D extends AttributeKinds> =
  IsNone<D> extends true
    ? { readonly [key: string]: never }
    : { readonly [K in Exclude<keyof D, OptionalKeys<D>>]: DeclaredValue<D[K]> } & {
        readonly [K in OptionalKeys<D>]?: DeclaredValue<D[K]> | undefined;
      };

/** The trailing argument of a recording: it may be left out when every attribute is optional. */
export type AttributesArgument<D extends AttributeKinds> =
  Record<never, never> extends AttributesOf<D>
    ? [attributes?: AttributesOf<D>]
    : [attributes: AttributesOf<D>];

/**
 * An attribute with a closed list of values, 1 to 1,000 of them, all different.
 * Anything else is refused when recorded and counted in `bellwether.meters.refused`.
 * @example attributes: { status: oneOf('paid', 'declined') }
 * @throws ERR_METER_ATTRIBUTE_KIND at definition
 */
export function oneOf<const V extends readonly [AttributeValue, ...AttributeValue[]]>(
  ...values: V
): OneOf<V[number]> {
  return { kind: 'oneOf', values };
}

/**
 * An attribute with open values, strings or integers. The first `limit` distinct values of an instrument keep
 * their name, later ones (and strings above 256 characters) add up under `__other__`, so totals stay exact.
 * @param limit 1 to 10,000 distinct values
 * @example attributes: { currency: upTo(40), 'http.response.status_code': upTo(60, 'int') }
 * @throws ERR_METER_UP_TO
 */
export function upTo(limit: number, type?: 'string'): UpTo<string>;
export function upTo(limit: number, type: 'int'): UpTo<number>;
export function upTo(
  limit: number,
  type: 'string' | 'int' = 'string',
): UpTo<string> | UpTo<number> {
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000)
    throw meterError(
      'ERR_METER_UP_TO',
      'the limit of upTo()',
      'an integer from 1 to 10000',
      limit,
      'choose how many distinct values may keep their name',
    );
  if (type !== 'string' && type !== 'int')
    throw meterError(
      'ERR_METER_UP_TO',
      'the type of upTo()',
      "'string' or 'int'",
      type,
      'leave it out for strings',
    );
  return { kind: 'upTo', limit, type } as UpTo<string> | UpTo<number>;
}

/** An attribute that a recording may leave out; its points then have no such attribute. */
export function optional<const K extends RequiredKind>(kind: K): Optional<K> {
  return { kind: 'optional', of: kind };
}
