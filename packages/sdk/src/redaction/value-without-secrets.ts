import { REDACTED } from './query.ts';
import { isSecretName } from './secret-names.ts';
import { textWithoutSecrets } from './text-without-secrets.ts';

/** So deep an object is looked into; what is deeper is hidden. */
const DEEPEST = 8;
/** So many objects and lists of one value are looked into: a request or a socket leads to itself on ever so many ways. */
const MOST = 1_000;

/** A value as a log record has it, nested as it may be: what is called like a secret is `REDACTED`, texts are read. A new value, never the same changed. */
export function valueWithoutSecrets(value: unknown, more: ReadonlySet<string>): unknown {
  return lookedThrough(value, more, DEEPEST, { left: MOST });
}

function lookedThrough(
  value: unknown,
  more: ReadonlySet<string>,
  depth: number,
  room: { left: number },
): unknown {
  if (typeof value === 'string') return textWithoutSecrets(value, more);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (depth === 0 || room.left === 0) return REDACTED;
  room.left -= 1;
  const inside = (inner: unknown) => lookedThrough(inner, more, depth - 1, room);
  if (Array.isArray(value)) return value.map(inside);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isSecretName(name, more) && isFilled(inner) ? REDACTED : inside(inner),
    ]),
  );
}

function isFilled(value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'boolean';
}
