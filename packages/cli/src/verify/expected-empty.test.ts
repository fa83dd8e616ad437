import { expect, test } from 'vitest';
import { parseExpectedEmpty } from './expected-empty.ts';

const entry = (number: number) => `- { dashboard: d, panel: p${number}, reason: needs a fault }`;
const list = (count: number) => Array.from({ length: count }, (_, i) => entry(i)).join('\n');

test('an empty file, and ten entries', () => {
  expect(parseExpectedEmpty('list', '# nothing\n')).toEqual([]);
  expect(parseExpectedEmpty('list', list(10))).toHaveLength(10);
  const others = ['rule', 'alert', 'metrics'].map((key) => `- { ${key}: a, reason: b }`);
  expect(parseExpectedEmpty('list', others.join('\n'))).toEqual([
    { rule: 'a', reason: 'b' },
    { alert: 'a', reason: 'b' },
    { metrics: 'a', reason: 'b' },
  ]);
});

test.each([
  ['eleven entries', list(11), /at most 10 entries .*, got 11\./],
  ['no reason', '- { dashboard: d, panel: p }', /got {"dashboard":"d","panel":"p"} as number 1/],
  ['an empty reason', "- { rule: d, reason: '' }", /as number 1/],
  ['a typo', '- { dashbord: d, panel: p, reason: r }', /as number 1/],
  ['no list', 'a: b', /got object/],
  ['broken YAML', '- {', /Expected list to be/],
])('%s is refused', (_, text, message) => {
  expect(() => parseExpectedEmpty('list', text)).toThrow(message);
});
