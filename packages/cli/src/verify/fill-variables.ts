/** What a variable of a dashboard stands for now. */
export interface VariableValue {
  /** One value, several, or the regular expression of All. */
  readonly value: string | readonly string[];
  /** Multi-value variables and those with All are escaped for `=~`. */
  readonly multi: boolean;
  /** The value is a regular expression already (`allValue`). */
  readonly raw?: boolean;
}

const REFERENCE = /\$(\w+)|\$\{(\w+)(?:\.\w+)?(?::(\w+))?\}|\[\[(\w+)(?::(\w+))?\]\]/g;

/**
 * Puts values in the place of `$name`, `${name:format}` and `[[name]]`, as Grafana does for Prometheus; what nobody knows stays.
 * @example fillVariables('up{job=~"$job"}', new Map([['job', { value: ['a', 'b.c'], multi: true }]])); // up{job=~"(a|b\\.c)"}
 */
export function fillVariables(text: string, values: ReadonlyMap<string, VariableValue>): string {
  return text.replace(REFERENCE, (whole, plain, braced, format, bracketed, oldFormat) => {
    const known = values.get(plain ?? braced ?? bracketed);
    return known === undefined ? whole : formatted(known, format ?? oldFormat);
  });
}

function formatted({ value, multi, raw = false }: VariableValue, format?: string): string {
  const values = typeof value === 'string' ? [value] : value;
  if (raw) return values.join('|');
  if (format === 'raw') return values.join(',');
  if (format === 'csv') return values.join(',');
  if (format === 'pipe') return values.join('|');
  if (format === 'doublequote') return values.map((one) => JSON.stringify(one)).join(',');
  if (format === 'regex') return alternatives(values.map(escapeRegex));
  if (!multi) return values.join('').replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return alternatives(values.map((one) => escapeRegex(one).replaceAll('\\', '\\\\')));
}

const alternatives = (values: readonly string[]) =>
  values.length === 1 ? String(values[0]) : `(${values.join('|')})`;
const escapeRegex = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
