import type { Panel } from '../api/answers.ts';

/** A panel and how many of six columns it takes. */
export interface Placed {
  readonly panel: Panel;
  readonly span: 2 | 3 | 6;
}

/** Fewer key figures than this stand among the bars and tables; more make a row of their own. */
export const LEAST_STATS = 3;

/**
 * Gives panels their widths so that every row is full: wide ones alone, lines in pairs, bars and tables in threes. A line
 * without a partner stands beside bars, or takes the row.
 */
export function fillRows(panels: readonly Panel[]): Placed[] {
  const of = (span: Placed['span']) => (panel: Panel) => ({ panel, span });
  const wide = panels.filter(isWide);
  const narrow = panels.filter((panel) => !isWide(panel));
  const lines = narrow.filter(({ kind }) => kind === 'timeseries');
  const rows = narrow.filter(({ kind }) => kind !== 'timeseries');
  const odd = lines.length % 2 === 1 ? lines.pop() : undefined;
  const beside = odd === undefined ? 0 : rows.length === 2 ? 2 : Math.min(1, rows.length);
  const partners = rows.splice(0, beside);
  const span = ([6, 3, 2] as const)[beside] ?? 6;
  const halves = rows.length % 3 === 1 ? Math.min(rows.length, 4) : rows.length % 3;
  const cut = rows.length - halves;
  return [
    ...wide.filter(({ kind }) => kind !== 'heatmap').map(of(6)),
    ...lines.map(of(3)),
    ...(odd ? [odd, ...partners].map(of(span)) : []),
    ...wide.filter(({ kind }) => kind === 'heatmap').map(of(6)),
    ...rows.slice(0, cut).map(of(2)),
    ...rows.slice(cut).map(of(halves === 1 ? 6 : 3)),
  ];
}

const isWide = ({ kind, size }: Panel) => kind === 'heatmap' || size === 'wide';
