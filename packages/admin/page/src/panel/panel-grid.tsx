import { use } from 'react';
import type { Panel } from '../api/answers.ts';
import { ChartPanel } from './chart-panel.tsx';
import { fillRows, LEAST_STATS } from './fill-rows.ts';
import { HeadingLevel } from './heading-level.ts';
import { HeatmapPanel } from './heatmap-panel.tsx';
import type { PanelScope } from './panel-scope.ts';
import { RowsPanel } from './rows-panel.tsx';
import { StatPanel } from './stat-panel.tsx';

interface Props {
  readonly panels: readonly Panel[];
  readonly scope: PanelScope;
}

/** The panels of a view: key figures in a row, the others below, each group under its heading. */
export function PanelGrid({ panels, scope }: Props) {
  const level = use(HeadingLevel);
  return groupsOf(panels).map(({ title, members }) => {
    const figures = members.filter(({ kind }) => kind === 'stat');
    const stats = figures.length < LEAST_STATS ? [] : figures;
    const others = members.filter((panel) => !stats.includes(panel));
    return (
      <div className="group" key={title}>
        {title !== '' && <h2 className="group-title">{title}</h2>}
        <HeadingLevel value={title === '' ? level : 3}>
          {stats.length > 0 && (
            <div className="grid-stats">
              {stats.map((panel) => (
                <StatPanel key={panel.id} panel={panel} scope={scope} />
              ))}
            </div>
          )}
          {others.length > 0 && (
            <div className="grid">
              {fillRows(others).map(({ panel, span }) => (
                <div key={panel.id} className={`cell span-${span}`}>
                  <Drawn panel={panel} scope={scope} />
                </div>
              ))}
            </div>
          )}
        </HeadingLevel>
      </div>
    );
  });
}

function Drawn({ panel, scope }: { readonly panel: Panel; readonly scope: PanelScope }) {
  if (panel.kind === 'timeseries') return <ChartPanel panel={panel} scope={scope} />;
  if (panel.kind === 'stat') return <StatPanel panel={panel} scope={scope} />;
  if (panel.kind === 'heatmap') return <HeatmapPanel panel={panel} scope={scope} />;
  return <RowsPanel panel={panel} scope={scope} />;
}

function groupsOf(panels: readonly Panel[]): { title: string; members: Panel[] }[] {
  const groups = new Map<string, Panel[]>();
  for (const panel of panels) {
    const title = panel.group ?? '';
    groups.set(title, [...(groups.get(title) ?? []), panel]);
  }
  return [...groups].map(([title, members]) => ({ title, members }));
}
