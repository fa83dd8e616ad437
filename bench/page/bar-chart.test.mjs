import { expect, test } from 'vitest';
import { barChart } from './bar-chart.mjs';

const chart = barChart({
  title: 'Cost <of> "x" & y',
  subtitle: 'less is better',
  unit: 'ns',
  bars: [
    { label: 'ours', value: 10, kind: 'ours' },
    { label: 'theirs', value: 40, kind: 'peer', note: '3 B' },
  ],
});

test('every bar begins at zero and is as long as its value says', () => {
  const lengths = [...chart.matchAll(/class="(?:ours|peer)" x="(\d+)" y="\d+" width="([\d.]+)"/g)];
  expect(new Set(lengths.map(([, x]) => x)).size).toBe(1);
  const [ours, theirs] = lengths.map(([, , width]) => Number(width));
  expect(theirs / ours).toBeCloseTo(4, 1);
});

test('names and values stand beside the bars, as text', () => {
  expect(chart).toContain('>ours</text>');
  expect(chart).toContain('>10 ns</text>');
  expect(chart).toContain('>40 ns · 3 B</text>');
  expect(chart).toContain('Cost &lt;of> &quot;x&quot; &amp; y');
});

test('nothing goes beyond the right edge', () => {
  const [, width] = /viewBox="0 0 (\d+) /.exec(chart);
  for (const [, x, text] of chart.matchAll(
    /<text(?: class="\w+")? x="([\d.]+)" y="[\d.]+">([^<]*)</g,
  ))
    expect(Number(x) + text.length * 6.6).toBeLessThanOrEqual(Number(width));
});
