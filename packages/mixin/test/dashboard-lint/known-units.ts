import * as units from '@grafana/grafana-foundation-sdk/units';

/** Every unit that Grafana knows. */
export const KNOWN_UNITS: ReadonlySet<string> = new Set(
  Object.values(units).filter((unit) => typeof unit === 'string'),
);
