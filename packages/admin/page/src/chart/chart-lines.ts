import type { Panel, RangeAnswer } from '../api/answers.ts';
import { seriesName } from '../numbers/label-text.ts';
import { alignSeries } from './align-series.ts';
import { type ChartColours, seriesColours } from './chart-colours.ts';

/** A line of a chart, ready to draw, list and read out. */
export interface ChartLine {
  readonly name: string;
  readonly colour: string;
  readonly currency: string | undefined;
  readonly values: readonly (number | null)[];
  readonly last: number | null;
}

export interface ChartLines {
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
  /** How many more there are than a chart can show and a person can tell apart. */
  readonly hidden: number;
}

/** More lines than this are a carpet; the table has them all. */
export const MOST_LINES = 12;

/** Names, orders and colours the series of an answer. The order is that of names, so that colours stay between refreshes. */
export function chartLines(
  panel: Panel,
  answer: RangeAnswer,
  colours: ChartColours,
  most = MOST_LINES,
): ChartLines {
  const named = answer.series
    .map((series) => ({ series, name: seriesName(series.labels, panel.legend, panel.title) }))
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  const shown = named.length > most ? busiest(named, most) : named;
  const { times, columns } = alignSeries(
    shown.map(({ series }) => series),
    answer.step,
  );
  const palette = seriesColours(
    shown.map(({ name }) => name),
    colours,
  );
  const lines = shown.map(({ series, name }, index) => {
    const values = columns[index] ?? [];
    return {
      name,
      colour: palette[index] ?? colours.text,
      currency: series.labels.currency,
      values,
      last: values.findLast((value) => value !== null) ?? null,
    };
  });
  return { times, lines, hidden: named.length - shown.length };
}

type Named = { readonly series: RangeAnswer['series'][number]; readonly name: string };

function busiest(named: readonly Named[], most: number): readonly Named[] {
  const peak = ({ series }: Named) =>
    Math.max(...series.points.map(([, value]) => Math.abs(value ?? 0)));
  const kept = new Set([...named].sort((a, b) => peak(b) - peak(a)).slice(0, most));
  return named.filter((one) => kept.has(one));
}
