import { expect, test } from 'vitest';
import type { Panel, PanelKind } from '../api/answers.ts';
import { fillRows } from './fill-rows.ts';

const panel = (kind: PanelKind, index: number): Panel => ({
  id: `${kind}-${index}`,
  title: kind,
  description: '',
  unit: '1',
  query: kind,
  kind,
});
const some = (kind: PanelKind, count: number) =>
  Array.from({ length: count }, (_, index) => panel(kind, index));

test('whatever the numbers, every row is full', () => {
  for (let lines = 0; lines < 7; lines++)
    for (let bars = 0; bars < 8; bars++)
      for (let maps = 0; maps < 2; maps++) {
        const panels = [
          ...some('timeseries', lines),
          ...some('bar', bars),
          ...some('heatmap', maps),
        ];
        const placed = fillRows(panels);
        expect(placed.length).toBe(panels.length);
        let row = 0;
        for (const { span } of placed) {
          row += span;
          expect(row, `${lines} lines, ${bars} bars`).toBeLessThanOrEqual(6);
          if (row === 6) row = 0;
        }
        expect(row, `${lines} lines, ${bars} bars`).toBe(0);
      }
});
