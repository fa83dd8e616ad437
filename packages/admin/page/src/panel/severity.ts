import type { Threshold } from '../api/answers.ts';

export type Severity = 'ok' | 'warning' | 'critical' | 'none';

/** The words beside the colours: colour alone says nothing to one reader in twelve. */
export const severityWords: Readonly<Record<Severity, string>> = {
  ok: 'OK',
  warning: 'Warning',
  critical: 'Critical',
  none: '',
};

/** What a value means by its panel's thresholds, the worst of those that it is on the bad side of. */
export function severityOf(
  value: number | null | undefined,
  thresholds: readonly Threshold[] = [],
): Severity {
  if (value === null || value === undefined || !Number.isFinite(value)) return 'none';
  if (thresholds.length === 0) return 'none';
  const hit = thresholds.filter((threshold) => isBeyond(value, threshold));
  if (hit.some(({ severity }) => severity === 'critical')) return 'critical';
  return hit.length > 0 ? 'warning' : 'ok';
}

/** A level is reached at its value, as in Grafana; a level of nothing only by more than that. */
function isBeyond(value: number, { bad, value: level }: Threshold): boolean {
  if (bad === 'below') return value < level;
  return level === 0 ? value > 0 : value >= level;
}
