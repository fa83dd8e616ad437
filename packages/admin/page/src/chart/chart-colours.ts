/** What a canvas needs of the style sheet: it can't read custom properties by itself. */
export interface ChartColours {
  readonly series: readonly string[];
  readonly text: string;
  readonly grid: string;
  readonly surface: string;
  readonly ok: string;
  readonly warning: string;
  readonly critical: string;
  readonly neutral: string;
  readonly heat: readonly string[];
}

const SERIES = 8;
const HEAT = 7;

/** Reads the colours of the theme that is shown now. */
export function chartColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    series: Array.from({ length: SERIES }, (_, index) => of(`--series-${index + 1}`)),
    text: of('--text-muted'),
    grid: of('--grid'),
    surface: of('--surface'),
    ok: of('--ok'),
    warning: of('--warning'),
    critical: of('--critical'),
    neutral: of('--text-faint'),
    heat: Array.from({ length: HEAT }, (_, index) => of(`--heat-${index + 1}`)),
  };
}

/**
 * The colours of series by their names. Status codes keep theirs wherever they are shown; all others follow the palette,
 * which readers with any kind of colour vision tell apart.
 */
export function seriesColours(names: readonly string[], colours: ChartColours): string[] {
  const ofClass = new Map<string, number>();
  return names.map((name, index) => {
    if (name === 'critical' || name === 'warning') return colours[name];
    const digit = statusClass.exec(name)?.[1];
    if (digit === undefined) return colours.series[index % colours.series.length] ?? colours.text;
    const rank = ofClass.get(digit) ?? 0;
    ofClass.set(digit, rank + 1);
    const base = { 2: colours.series[2], 4: colours.series[1], 5: colours.critical }[digit];
    return shade(base ?? colours.neutral, rank);
  });
}

/** `404`, `4xx`, or words with a class behind them: `of clients (4xx)`. */
const statusClass = /^(?:.*\()?([1-5])(?:\d\d|xx)\)?$/i;

/** Neighbours of one class (404 and 409) differ in lightness. */
const shade = (colour: string, rank: number) =>
  rank === 0 ? colour : `color-mix(in oklab, ${colour} ${100 - 28 * Math.min(rank, 3)}%, white)`;
