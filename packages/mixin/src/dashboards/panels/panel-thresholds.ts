import { type ThresholdsConfig, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';

/** A constant of `src/thresholds`, the one that the alert compares with too. */
export interface ThresholdLevels {
  readonly warning?: number;
  readonly critical?: number;
}

const colors = { good: 'green', warning: 'orange', critical: 'red', neutral: 'blue' } as const;

/** Grafana colours from a level on, alerts fire above it: where the level is zero, zero itself is still good. */
export const ABOVE_ZERO = 1e-9;

/** More is worse: orange from `warning`, red from `critical`. */
export function badAbove({ warning, critical }: ThresholdLevels): ThresholdsConfig {
  return absolute([
    { value: null, color: colors.good },
    ...(warning === undefined ? [] : [{ value: warning || ABOVE_ZERO, color: colors.warning }]),
    ...(critical === undefined ? [] : [{ value: critical || ABOVE_ZERO, color: colors.critical }]),
  ]);
}

/** Less is worse: red below `critical`, orange below `warning`, green from there. */
export function badBelow({ warning, critical }: ThresholdLevels): ThresholdsConfig {
  const lowest = critical === undefined ? colors.warning : colors.critical;
  return absolute([
    { value: null, color: lowest },
    ...(critical === undefined
      ? []
      : [{ value: critical, color: warning === undefined ? colors.good : colors.warning }]),
    ...(warning === undefined ? [] : [{ value: warning, color: colors.good }]),
  ]);
}

/** Wrong on both sides of zero: orange from `warning` away from it. */
export function badOutside({ warning }: { readonly warning: number }): ThresholdsConfig {
  return absolute([
    { value: null, color: colors.warning },
    { value: -warning, color: colors.good },
    { value: warning, color: colors.warning },
  ]);
}

/** For what has no wrong value of its own: traffic, revenue, a count of things. */
export const neutral: ThresholdsConfig = absolute([{ value: null, color: colors.neutral }]);

export function isNeutral({ steps }: ThresholdsConfig): boolean {
  return steps.length === 1;
}

function absolute(steps: ThresholdsConfig['steps']): ThresholdsConfig {
  return { mode: ThresholdsMode.Absolute, steps };
}
