/** Measures that are amounts in minor units: an order that is missing is one increment, and its money is said apart. */
export const amounts = new Set(['revenue', 'refunds', 'churned MRR']);

/** The same text for the same number of the same tenant, on whichever side and in whichever order of labels. */
export function bookKey({ tenant, measure, labels }) {
  return JSON.stringify([tenant, measure, Object.entries(labels).sort()]);
}

/**
 * What Prometheus lacks (`lost`) or has too much (`doubled`) since `before`, the same function's answer before the fault: what a
 * SIGKILL once took is not held against the next fault.
 */
export function differencesOf(rows, before = []) {
  const known = new Map(before.map((row) => [bookKey(row), row.missing]));
  return rows.map(({ tenant, measure, labels, ledger, metric }) => {
    const missing = ledger - metric;
    const since = missing - (known.get(bookKey({ tenant, measure, labels })) ?? 0);
    const [lost, doubled] = [Math.max(0, since), Math.max(0, -since)];
    return { tenant, measure, labels, ledger, missing, lost, doubled };
  });
}

/**
 * Increments since `before` that are lost, counted twice, or done at all. `wrongAmounts` names the money that is missing (negative) or
 * too much.
 */
export function sumUp(differences, before = []) {
  const counts = differences.filter(({ measure }) => !amounts.has(measure));
  const sum = (of) => counts.reduce((total, row) => total + of(row), 0);
  const ledgerBefore = new Map(before.map((row) => [bookKey(row), row.ledger]));
  return {
    done: sum((row) => row.ledger - (ledgerBefore.get(bookKey(row)) ?? 0)),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    wrongAmounts: differences
      .filter(({ measure, lost, doubled }) => amounts.has(measure) && lost + doubled > 0)
      .map(({ tenant, measure, labels, lost, doubled }) =>
        [tenant, measure, ...Object.values(labels), String(doubled - lost)].join(' '),
      ),
  };
}

/** Rows in which more is lost than what may be: `allowed` are entries of the ledger, those of the last moments. */
export function beyond(differences, allowed) {
  const most = new Map(allowed.map((entry) => [bookKey(entry), entry.value]));
  return differences.filter((row) => row.lost > (most.get(bookKey(row)) ?? 0));
}
