/** The kinds of metric between which the naming rules tell. */
export type NamedKind = 'monotonic-sum' | 'other-sum' | 'gauge' | 'histogram';

const units: ReadonlyMap<string, string> = new Map([
  ['d', 'days'],
  ['h', 'hours'],
  ['min', 'minutes'],
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
  ['us', 'microseconds'],
  ['ns', 'nanoseconds'],
  ['By', 'bytes'],
  ['KiBy', 'kibibytes'],
  ['MiBy', 'mebibytes'],
  ['GiBy', 'gibibytes'],
  ['TiBy', 'tibibytes'],
  ['KBy', 'kilobytes'],
  ['MBy', 'megabytes'],
  ['GBy', 'gigabytes'],
  ['TBy', 'terabytes'],
  ['m', 'meters'],
  ['V', 'volts'],
  ['A', 'amperes'],
  ['J', 'joules'],
  ['W', 'watts'],
  ['g', 'grams'],
  ['Cel', 'celsius'],
  ['Hz', 'hertz'],
  ['1', ''],
  ['%', 'percent'],
]);

const perUnits: ReadonlyMap<string, string> = new Map([
  ['s', 'second'],
  ['m', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ['mo', 'month'],
  ['y', 'year'],
]);

/**
 * The name that Prometheus gives a metric that arrives by OTLP, so that `/metrics` shows the same one.
 * Rules: https://github.com/prometheus/otlptranslator (UnderscoreEscapingWithSuffixes).
 */
export function metricName(name: string, unit: string, kind: NamedKind): string {
  let tokens = name.split(/[^A-Za-z0-9:]+/).filter((token) => token !== '');
  for (const suffix of unitSuffixes(unit)) {
    if (!tokens.includes(suffix)) tokens.push(...suffix.split('_'));
  }
  if (kind === 'monotonic-sum') tokens = withLast(tokens, 'total');
  if (kind === 'gauge' && unit === '1') tokens = withLast(tokens, 'ratio');
  const joined = tokens.join('_');
  return /^\d/.test(joined) ? `_${joined}` : joined;
}

function unitSuffixes(unit: string): string[] {
  const slash = unit.indexOf('/');
  const main = clean((slash === -1 ? unit : unit.slice(0, slash)).trim(), units);
  const per = slash === -1 ? '' : clean(unit.slice(slash + 1).trim(), perUnits);
  return [main, per === '' ? '' : `per_${per}`].filter((suffix) => suffix !== '');
}

/** Annotations in braces, such as `{order}`, give no suffix. */
function clean(unit: string, names: ReadonlyMap<string, string>): string {
  if (unit === '' || /[{}]/.test(unit)) return '';
  return (names.get(unit) ?? unit).replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '');
}

function withLast(tokens: readonly string[], last: string): string[] {
  return [...tokens.filter((token) => token !== last), last];
}
