/** Several expressions as one answer: each gets `label` with its name, in this order. Those that are undefined are left out. */
export function tellApart(
  label: string,
  parts: readonly (readonly [name: string, expr: string | undefined])[],
): string | undefined {
  const known = parts.flatMap(([name, expr]) =>
    expr === undefined ? [] : [`label_replace(${expr}, "${label}", "${name}", "", "")`],
  );
  return known.length === 0 ? undefined : known.join(' or ');
}
