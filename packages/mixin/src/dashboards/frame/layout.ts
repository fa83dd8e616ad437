import type { Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';

const COLUMNS = 24;

/** Panels under a heading. A row without panels is left out, so a panel may be `undefined` where its metric is missing. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** @example row('Traffic', [requestRatePanel(scope), errorRatioPanel(scope)]) */
export function row(title: string, panels: readonly (Panel | undefined)[]): Row {
  return { title, panels: panels.filter((panel) => panel !== undefined) };
}

/**
 * Gives every panel its place and its id: lines of 24 columns, filled from left to right, each stretched to the full width.
 * Ids count from 100 a row, so that a new panel does not renumber the rows after it.
 */
export function layOut(rows: readonly Row[]): (Panel | RowPanel)[] {
  const placed: (Panel | RowPanel)[] = [];
  let y = 0;
  for (const [index, { title, panels }] of rows.filter((r) => r.panels.length > 0).entries()) {
    let id = (index + 1) * 100;
    placed.push({
      type: 'row',
      id,
      title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y, w: COLUMNS, h: 1 },
    });
    y += 1;
    for (const line of linesOf(panels)) {
      const height = Math.max(...line.map((panel) => panel.gridPos?.h ?? 8));
      let x = 0;
      for (const [panel, w] of stretch(line)) {
        id += 1;
        placed.push({ ...panel, id, gridPos: { x, y, w, h: height } });
        x += w;
      }
      y += height;
    }
  }
  return placed;
}

const widthOf = (panel: Panel): number => panel.gridPos?.w ?? 12;

function linesOf(panels: readonly Panel[]): Panel[][] {
  const lines: Panel[][] = [];
  let free = 0;
  for (const panel of panels) {
    const line = lines.at(-1);
    if (line === undefined || widthOf(panel) > free) {
      lines.push([panel]);
      free = COLUMNS - widthOf(panel);
    } else {
      line.push(panel);
      free -= widthOf(panel);
    }
  }
  return lines;
}

/** Wider in proportion, so that nothing is left over at the right edge. */
function stretch(line: readonly Panel[]): [Panel, number][] {
  const wanted = line.reduce((sum, panel) => sum + widthOf(panel), 0);
  let used = 0;
  let asked = 0;
  return line.map((panel) => {
    asked += widthOf(panel);
    const end = Math.round((asked / wanted) * COLUMNS);
    const width = end - used;
    used = end;
    return [panel, width];
  });
}
