// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Grafana writes variables like that.
import { expect, test } from 'vitest';
import { fillVariables, type VariableValue } from './fill-variables.ts';

const values = new Map<string, VariableValue>([
  ['job', { value: ['shop', 'a.b'], multi: true }],
  ['one', { value: ['a.b'], multi: true }],
  ['tenant', { value: 'acme "x"', multi: false }],
  ['all', { value: '.+', multi: true, raw: true }],
  ['__interval', { value: '15s', multi: false }],
]);

test.each([
  ['up{job=~"$job"}', 'up{job=~"(shop|a\\\\.b)"}'],
  ['up{job=~"${one}"}', 'up{job=~"a\\\\.b"}'],
  ['up{t="$tenant"}', 'up{t="acme \\"x\\""}'],
  ['up{t="${tenant:raw}"}', 'up{t="acme "x""}'],
  ['${job:pipe} ${job:csv} [[job:pipe]]', 'shop|a.b shop,a.b shop|a.b'],
  ['${job:regex}', '(shop|a\\.b)'],
  ['up{job=~"$all"}', 'up{job=~".+"}'],
  ['rate(x[$__interval])', 'rate(x[15s])'],
  ['$unknown ${unknown} $job_name', '$unknown ${unknown} $job_name'],
])('%s', (text, expected) => expect(fillVariables(text, values)).toBe(expected));
