import { describe, expect, test } from 'vitest';
import { selectorsOf, withMatchers } from './selectors.ts';

const short = (expression: string) =>
  selectorsOf(expression).map(({ text, range, offset }) =>
    [text, range, offset].filter((part) => part !== '').join(' '),
  );

test.each([
  ['up', ['up']],
  ['sum by (job) (rate(a_total{job=~"x|y",le!="1"}[5m]))', ['a_total{job=~"x|y",le!="1"} [5m]']],
  ['a / on (job) group_left () b{c="d"} > bool 3', ['a', 'b{c="d"}']],
  ['increase(a[1h] offset 1w) or vector(0)', ['a [1h] offset 1w']],
  ['a offset 1d', ['a offset 1d']],
  ['max_over_time(job:a:rate5m[1h:5m])', ['job:a:rate5m']],
  ['a + a', ['a']],
  ['histogram_quantile(0.9, sum by (le) (rate(a_bucket[1m])))', ['a_bucket [1m]']],
  ['"text"', []],
  ['1 + 2', []],
])('%s', (expression, expected) => expect(short(expression)).toEqual(expected));

describe('names', () => {
  test.each([
    ['{__name__="up",job="x"}', 'up', ['job']],
    ['{"dotted.name", job="x"}', 'dotted.name', ['job']],
    ['{__name__=~"a|b",job="x"}', undefined, ['__name__', 'job']],
    ['up{"dotted.label"="x"}', 'up', ['dotted.label']],
  ])('%s', (expression, metric, labels) => {
    const [selector] = selectorsOf(expression);
    expect(selector?.metric).toBe(metric);
    expect(selector?.matchers.map(({ label }) => label)).toEqual(labels);
  });

  test('fewer matchers are the same metric', () => {
    const [plain] = selectorsOf('up{a="1",b="2"}');
    const [quoted] = selectorsOf('{"dotted.name",a="1"}');
    if (plain === undefined || quoted === undefined) throw new Error('no selector');
    expect(withMatchers(plain, plain.matchers.slice(1))).toBe('up{b="2"}');
    expect(withMatchers(quoted, quoted.matchers)).toBe('{"dotted.name",a="1"}');
  });
});
