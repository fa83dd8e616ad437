const SECONDS = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800, y: 31_536_000 } as const;

/** Seconds of a duration as Prometheus and Grafana write it, `15s` or `1h30m`; `undefined` for anything else. */
export function durationSeconds(text: string): number | undefined {
  if (!/^(\d+(ms|[smhdwy]))+$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, digits, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) {
    seconds += Number(digits) * SECONDS[unit as keyof typeof SECONDS];
  }
  return seconds;
}

/** The opposite, in the largest unit that divides it. */
export function durationText(seconds: number): string {
  if (seconds % 1 !== 0) return `${Math.round(seconds * 1000)}ms`;
  const [unit = 's', size = 1] =
    (['d', 'h', 'm', 's'] as const)
      .map((name) => [name, SECONDS[name]] as const)
      .find(([, length]) => seconds % length === 0) ?? [];
  return `${seconds / size}${unit}`;
}
