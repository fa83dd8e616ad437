import type { DynamicConfigValue, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { query } from './panel-query.ts';
import { neutral } from './panel-thresholds.ts';
import { type TimeSeriesPanel, timeSeries } from './time-series.ts';

/** Queries of one number each. */
export interface Band {
  readonly now: string;
  readonly usual: string;
  readonly least: string;
  readonly most: string;
}

export interface BandPanel extends Omit<TimeSeriesPanel, 'queries' | 'thresholds' | 'stack'> {
  readonly band: Band;
  /** What the line in the band is called, `Last hour`. */
  readonly line: string;
}

const [USUAL, LEAST, MOST] = ['Usual', 'Least', 'Most'] as const;

/** A line within the band of what is usual. */
export function band({ band, line, ...panel }: BandPanel): Panel {
  const { now, usual, least, most } = band;
  const built = timeSeries({
    ...panel,
    thresholds: neutral,
    queries: [query(now, line), query(usual, USUAL), query(least, LEAST), query(most, MOST)],
  });
  return withOverrides(built, {
    [line]: [...plain('blue'), { id: 'custom.lineWidth', value: 2 }],
    [USUAL]: [...plain('text'), DASHED],
    [LEAST]: [...plain('text'), { id: 'custom.lineWidth', value: 0 }],
    [MOST]: [
      ...color('text'),
      { id: 'custom.lineWidth', value: 0 },
      { id: 'custom.fillOpacity', value: 12 },
      { id: 'custom.fillBelowTo', value: LEAST },
    ],
  });
}

/** The same for several things in one panel, each in its colour: areas would cover each other, so the edges are dashed lines. */
export function bands({
  bands,
  ...panel
}: Omit<BandPanel, 'band' | 'line'> & {
  readonly bands: Omit<Band, 'usual'> & { readonly label: string };
}): Panel {
  const { now, least, most, label } = bands;
  const name = `{{${label}}}`;
  const built = timeSeries({
    ...panel,
    thresholds: neutral,
    queries: [query(now, name), query(least, `${name}, least`), query(most, `${name}, most`)],
  });
  return {
    ...built,
    fieldConfig: {
      defaults: built.fieldConfig?.defaults ?? {},
      overrides: [
        {
          matcher: { id: 'byRegexp', options: '/, (least|most)$/' },
          properties: [{ id: 'custom.fillOpacity', value: 0 }, DASHED],
        },
      ],
    },
  };
}

const DASHED: DynamicConfigValue = {
  id: 'custom.lineStyle',
  value: { fill: 'dash', dash: [4, 6] },
};
const color = (fixedColor: string): DynamicConfigValue[] => [
  { id: 'color', value: { mode: 'fixed', fixedColor } },
];
const plain = (fixedColor: string): DynamicConfigValue[] => [
  ...color(fixedColor),
  { id: 'custom.fillOpacity', value: 0 },
];

function withOverrides(
  panel: Panel,
  byName: Readonly<Record<string, readonly DynamicConfigValue[]>>,
): Panel {
  return {
    ...panel,
    fieldConfig: {
      defaults: panel.fieldConfig?.defaults ?? {},
      overrides: Object.entries(byName).map(([options, properties]) => ({
        matcher: { id: 'byName', options },
        properties: [...properties],
      })),
    },
  };
}
