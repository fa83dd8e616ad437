import { useMemo, useRef, useState } from 'react';
import type { Panel, RangeAnswer } from '../api/answers.ts';
import { useAnswer } from '../api/use-answer.ts';
import { chartPng } from '../chart/chart-png.ts';
import { bucketText } from '../chart/draw-heatmap.ts';
import { Heatmap } from '../chart/heatmap.tsx';
import { type HeatmapCells, heatmapCells } from '../chart/heatmap-cells.ts';
import { showDateTime, zone } from '../numbers/format-time.ts';
import { useColours } from '../shell/use-colours.ts';
import { answerNotes } from './answer-notes.ts';
import type { Table } from './csv.ts';
import { DataTable } from './data-table.tsx';
import { download, downloadCsv } from './download.ts';
import { PanelCard } from './panel-card.tsx';
import { type PanelScope, rangePath } from './panel-scope.ts';
import { Empty, Failed, Skeleton } from './panel-states.tsx';

/** A histogram over time. */
export function HeatmapPanel({
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
  const body = useRef<HTMLDivElement>(null);
  const cells = useMemo(() => (data ? heatmapCells(data.series) : undefined), [data]);
  const savePicture = async () => {
    const canvas = body.current?.querySelector('canvas');
    if (!canvas || !data) return;
    const subtitle = `${showDateTime(data.from)} to ${showDateTime(data.to)}, ${zone}`;
    download(
      `${panel.id}.png`,
      await chartPng({ canvas, title: panel.title, subtitle, chart: undefined }),
    );
  };
  return (
    <PanelCard
      panel={panel}
      kind="heatmap"
      problem={data === undefined ? undefined : problem}
      note={answerNotes(data, scope)}
      actions={
        cells === undefined || cells.most === 0
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
                run: () => downloadCsv(panel.id, tableOf(cells)),
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
        {data === undefined || cells === undefined ? (
          problem === undefined ? (
            <Skeleton shape="heatmap" />
          ) : (
            <Failed shape="heatmap" problem={problem} />
          )
        ) : cells.most === 0 ? (
          <Empty shape="heatmap" />
        ) : isTable ? (
          <DataTable caption={panel.title} table={tableOf(cells)} unit={panel.unit} />
        ) : (
          <>
            <Heatmap
              cells={cells}
              colours={colours}
              unit={panel.unit}
              window={data}
              step={data.step}
              summary={summaryOf(panel.title, cells)}
            />
            <div className="heat-key" aria-hidden="true">
              <span>few</span>
              {colours.heat.map((colour) => (
                <span key={colour} className="heat-step" style={{ background: colour }} />
              ))}
              <span>many</span>
            </div>
          </>
        )}
      </div>
    </PanelCard>
  );
}

const tableOf = ({ times, bounds, counts }: HeatmapCells): Table => ({
  columns: ['time', ...bounds.map((_, row) => bucketText(bounds, row))],
  rows: times.map((time, column) => [
    showDateTime(time),
    ...bounds.map((_, row) => counts[row]?.[column] ?? null),
  ]),
});

function summaryOf(title: string, { bounds, counts }: HeatmapCells): string {
  const sums = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const all = sums.reduce((sum, count) => sum + count, 0) || 1;
  const shares = sums
    .map((sum, row) => ({ share: sum / all, text: bucketText(bounds, row) }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 3)
    .map(({ share, text }) => `${Math.round(share * 100)} % took ${text}`);
  return `${title}, heatmap. ${shares.join('; ')}.`;
}
