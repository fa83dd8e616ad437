import { useMemo, useRef, useState } from 'react';
import type { Panel, RangeAnswer } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { ChartLegend } from '../chart/chart-legend.tsx';
import { chartLines } from '../chart/chart-lines.ts';
import { chartPng } from '../chart/chart-png.ts';
import { chartSummary } from '../chart/chart-summary.ts';
import { TimeChart } from '../chart/time-chart.tsx';
import { showDateTime, zone } from '../numbers/format-time.ts';
import { absoluteRange } from '../place/time-range.ts';
import { go } from '../place/use-place.ts';
import { useColours } from '../shell/use-colours.ts';
import { answerNotes } from './answer-notes.ts';
import type { Table } from './csv.ts';
import { DataTable } from './data-table.tsx';
import { download, downloadCsv } from './download.ts';
import { PanelCard } from './panel-card.tsx';
import { type PanelScope, rangePath } from './panel-scope.ts';
import { Empty, Failed, Skeleton } from './panel-states.tsx';
import { staleSeconds } from './stale.ts';

/** Values over time as lines, with the same numbers as a table for who wants them so. */
export function ChartPanel({
  panel,
  scope,
}: {
  readonly panel: Panel;
  readonly scope: PanelScope;
}) {
  const { data, problem } = useAnswer<RangeAnswer>(
    rangePath(panel.query, scope),
    scope.subject,
    scope.tick,
  );
  const colours = useColours();
  const [isTable, showTable] = useState(false);
  const [index, setIndex] = useState<number | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const chart = useMemo(
    () => (data === undefined ? undefined : chartLines(panel, data, colours)),
    [panel, data, colours],
  );
  const window = data ?? scope.window;
  const shown = useMemo(() => ({ from: window.from, to: window.to }), [window.from, window.to]);
  const isEmpty = chart?.lines.every(({ last }) => last === null);

  const savePicture = async () => {
    const canvas = body.current?.querySelector('canvas');
    if (!canvas) return;
    const subtitle = `${showDateTime(shown.from)} to ${showDateTime(shown.to)}, ${zone}`;
    download(`${panel.id}.png`, await chartPng({ canvas, title: panel.title, subtitle, chart }));
  };

  return (
    <PanelCard
      panel={panel}
      kind="chart"
      problem={data === undefined ? undefined : problem}
      staleSeconds={data && scope.window.isMoving ? staleSeconds(data) : undefined}
      note={answerNotes(data, scope)}
      actions={
        chart === undefined || isEmpty
          ? []
          : [
              {
                title: isTable ? 'Show as chart' : 'Show as table',
                icon: isTable ? 'chart' : 'table',
                run: () => showTable(!isTable),
              },
              {
                title: 'Save as CSV',
                icon: 'download',
                run: () => downloadCsv(panel.id, tableOf(panel, data, colours)),
              },
              ...(isTable
                ? []
                : [
                    {
                      title: 'Save as picture',
                      icon: 'image',
                      run: () => void savePicture(),
                    } as const,
                  ]),
            ]
      }
    >
      <div className="card-body" ref={body}>
        {chart === undefined ? (
          problem === undefined ? (
            <Skeleton shape="chart" />
          ) : (
            <Failed shape="chart" problem={problem} />
          )
        ) : isEmpty ? (
          <Empty shape="chart" />
        ) : isTable ? (
          <DataTable
            caption={panel.title}
            table={newestFirst(tableOf(panel, data, colours))}
            unit={panel.unit}
            currencyOf={(_, column) => chart.lines[column - 1]?.currency}
          />
        ) : (
          <>
            <TimeChart
              panel={panel}
              chart={chart}
              colours={colours}
              window={shown}
              crosshair={scope.place.view}
              summary={chartSummary(panel.title, panel.unit, chart)}
              onZoom={(from, to) => go({ range: absoluteRange(from, to) })}
              onIndex={setIndex}
            />
            <ChartLegend chart={chart} unit={panel.unit} index={index} />
          </>
        )}
      </div>
    </PanelCard>
  );
}

function tableOf(
  panel: Panel,
  data: RangeAnswer | undefined,
  colours: ReturnType<typeof useColours>,
): Table {
  if (data === undefined) return { columns: [], rows: [] };
  const { times, lines } = chartLines(panel, data, colours, Number.POSITIVE_INFINITY);
  return {
    columns: ['time', ...lines.map(({ name }) => name)],
    rows: times.map((time, index) => [
      new Date(time * 1000).toISOString(),
      ...lines.map(({ values }) => values[index] ?? null),
    ]),
  };
}

const newestFirst = ({ columns, rows }: Table): Table => ({
  columns: [`time (${zone})`, ...columns.slice(1)],
  rows: rows
    .toReversed()
    .map(([time, ...values]) => [showDateTime(Date.parse(String(time)) / 1000), ...values]),
});
