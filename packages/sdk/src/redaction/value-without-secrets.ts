import { REDACTED } from './query.ts';
import { isSecretName } from './secret-names.ts';
import { textWithoutSecrets } from './text-without-secrets.ts';

/** So deep an object is looked into; what is deeper is hidden. */
const DEEPEST = 8;

/** A value as a log record has it, nested as it may be: what is called like a secret is `REDACTED`, texts are read. A new value, never the same changed. */
export function valueWithoutSecrets(value: unknown, more: ReadonlySet<string>, depth = 0): unknown {
  if (typeof value === 'string') return textWithoutSecrets(value, more);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (depth >= DEEPEST) return REDACTED;
  if (Array.isArray(value)) return value.map((item) => valueWithoutSecrets(item, more, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isSecretName(name, more) && isFilled(inner)
        ? REDACTED
        : valueWithoutSecrets(inner, more, depth + 1),
    ]),
  );
}

function isFilled(value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'boolean';
}
