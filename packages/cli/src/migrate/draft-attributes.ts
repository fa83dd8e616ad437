import type { Uses } from './find-uses.ts';

/** An attribute as the catalog would declare it. */
export interface AttributeDraft {
  readonly key: string;
  /** Values that the files name; undefined for an open attribute. */
  readonly values: readonly string[] | undefined;
  /** How many values of an open one keep their name. */
  readonly limit: number;
}

/** How many values such labels have, as far as their names tell. */
const LIMITS: readonly (readonly [RegExp, number])[] = [
  [/^(http_)?method$/i, 12],
  [/status|code/i, 60],
  [/route|path|endpoint|url/i, 200],
  [/currency|country/i, 200],
];
const LIMIT = 50;
/** Of what closed lists may make together (10,000 in a meter), and of all. */
const MOST_CLOSED = 5_000;

/** The attributes of a meter: its labels, but for the tenant's, which comes by itself. */
export function draftAttributes(
  labelNames: readonly string[],
  { values }: Uses,
  tenantLabels: ReadonlySet<string>,
  notes: string[],
): { readonly attributes: readonly AttributeDraft[]; readonly hasTenant: boolean } {
  const attributes: AttributeDraft[] = [];
  let hasTenant = false;
  let closed = 1;
  let all = 1;
  for (const label of new Set(labelNames)) {
    if (tenantLabels.has(label.toLowerCase())) {
      hasTenant = true;
      if (label !== 'tenant_id') notes.push(`the label ${label} becomes tenant_id`);
    } else if (!/^[A-Za-z][A-Za-z0-9_]{0,127}$/.test(label)) {
      notes.push(`the label ${label} can't be an attribute: rename it`);
    } else if (attributes.length === 20) {
      notes.push(`the label ${label} is one too many: a meter has at most 20 attributes`);
    } else {
      const known = valuesOf(label, values);
      const fits = known !== undefined && closed * known.length <= MOST_CLOSED;
      const draft = { key: label, values: fits ? known : undefined, limit: limitOf(label) };
      closed *= fits ? known.length : 1;
      all *= fits ? known.length : draft.limit + 1;
      if (all <= Number.MAX_SAFE_INTEGER) attributes.push(draft);
      else
        notes.push(`the label ${label} is one too many: its values times all others are too many`);
    }
  }
  return { attributes, hasTenant };
}

const limitOf = (label: string) => LIMITS.find(([name]) => name.test(label))?.[1] ?? LIMIT;

function valuesOf(label: string, values: Uses['values']): readonly string[] | undefined {
  const known = values.get(label);
  return known === undefined || known.length === 0 ? undefined : known;
}
