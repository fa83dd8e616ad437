import type { StandardSettings } from '../config/read-standard.ts';

/** The numbers that are set, under the names of the options that they fill. */
export function positive<Option extends string>(
  settings: StandardSettings,
  options: Readonly<Record<Option, string>>,
): { [O in Option]?: number } {
  const values: { [O in Option]?: number } = {};
  for (const [option, variable] of Object.entries(options) as [Option, string][]) {
    const text = settings.get(variable);
    if (text !== undefined) values[option] = Number(text);
  }
  return values;
}
