import { types } from 'node:util';
import { REDACTED } from '../redaction/query.ts';
import { isSecretName } from '../redaction/secret-names.ts';
import { textWithoutSecrets } from '../redaction/text-without-secrets.ts';
import { errorFields, isError } from './error-fields.ts';

/** So deep an object is looked into; what is deeper is left out. */
const DEEPEST = 8;
/** So many objects and lists of one value are looked into: a request or a socket leads to itself on ever so many ways. */
const MOST = 1_000;
const LEFT_OUT = '[left out]';

/** How far one value was read. */
interface Reading {
  readonly secrets: ReadonlySet<string> | undefined;
  /** The objects that the one being read is in. */
  readonly above: object[];
  room: number;
}

/**
 * Any value of the application as a log record can have it: a new value of texts, numbers, booleans, bytes, lists and maps. An error is a map of its
 * type, message, stack trace and own properties, a date its ISO form, a Map a map, a Set a list, a bigint a number or digits;
 * what has a `toJSON` says by it what it is. Functions are left out. Never throws.
 *
 * @param secrets See `isSecretName`. What is called like a secret is `REDACTED`, texts are searched; `undefined`: neither.
 */
export function logValue(value: unknown, secrets: ReadonlySet<string> | undefined): unknown {
  return read(value, { secrets, above: [], room: MOST });
}

function read(value: unknown, reading: Reading): unknown {
  if (typeof value === 'string') {
    return reading.secrets === undefined ? value : textWithoutSecrets(value, reading.secrets);
  }
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  if (typeof value === 'symbol') return String(value);
  if (typeof value === 'function') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (reading.above.includes(value)) return '[Circular]';
  if (reading.above.length === DEEPEST || reading.room === 0) return LEFT_OUT;
  reading.room -= 1;
  reading.above.push(value);
  try {
    return readObject(value, reading);
  } catch {
    // A getter or a proxy of the application's.
    return LEFT_OUT;
  } finally {
    reading.above.pop();
  }
}

function readObject(value: object, reading: Reading): unknown {
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value) || value instanceof Set || types.isTypedArray(value)) {
    return Array.from(value, (inner: unknown) => read(inner, reading));
  }
  if (types.isDate(value)) return Number.isNaN(+value) ? String(value) : value.toISOString();
  if (types.isRegExp(value)) return String(value);
  if (value instanceof Map) {
    return mapOf([...value.keys()], String, (key) => value.get(key), reading);
  }
  const inside = value as Readonly<Record<string, unknown>>;
  const own = (key: string) => inside[key];
  if (isError(value)) {
    const { type, message, stacktrace } = errorFields(value);
    const fields = read({ type, message, stacktrace }, reading) as object;
    const others = Object.keys(value).filter((key) => !ERROR_KEYS.has(key));
    return { ...mapOf(others, String, own, reading), ...fields };
  }
  if (typeof inside.toJSON === 'function') return read(inside.toJSON(), reading);
  return mapOf(Object.keys(value), String, own, reading);
}

/** Said by its fields already. */
const ERROR_KEYS = new Set(['name', 'message', 'stack']);

function mapOf<Key>(
  keys: readonly Key[],
  nameOf: (key: Key) => string,
  get: (key: Key) => unknown,
  reading: Reading,
): object {
  return Object.fromEntries(
    keys.flatMap((key) => {
      try {
        const name = nameOf(key);
        const inner = get(key);
        const hides = reading.secrets !== undefined && isSecretName(name, reading.secrets);
        const told = hides && isFilled(inner) ? REDACTED : read(inner, reading);
        return told === undefined ? [] : [[name, told]];
      } catch {
        return [];
      }
    }),
  );
}

function isFilled(value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'boolean';
}
