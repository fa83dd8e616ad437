import { expect, test } from 'vitest';
import { inertText, ownLink } from './inert-text.ts';

test.for<readonly [text: string, inert: string]>([
  ['plain', 'plain'],
  ['a\r\nBcc: b\tc', 'a Bcc: b c'],
  ['a\u2028b\u2029c\u0085d', 'a b c d'],
  ['\u202egnp.exe\u200b\ufeff', 'gnp.exe'],
  ['a\u0000\u001b[31mb', 'a [31mb'],
  ['http://evil.example.com', 'http[:]//evil.example[.]com'],
  ['evil.zip/log-in', 'evil[.]zip/log-in'],
  ['a@evil.example.org, mailto:x', 'a@evil.example[.]org, mailto[:]x'],
  ['http.server.duration of node.js 24.1', 'http.server.duration of node.js 24.1'],
  ['WWW.evil.example.com', 'www[.]evil.example[.]com'],
  ['half \ud83d', 'half'],
  ['naïve 数 🙂', 'naïve 数 🙂'],
])('%j becomes %j', ([text, inert]) => {
  expect(inertText(text)).toBe(inert);
});

test('a long text is cut between characters', () => {
  expect(inertText('🙂'.repeat(1_000), 10)).toBe(`${'🙂'.repeat(9)}…`);
  expect(inertText('x'.repeat(1_000_000)).length).toBe(300);
});

const origins = ['https://grafana.example.com'];

test('a link to one of our own places is kept', () => {
  const link = 'https://grafana.example.com/d/x?var-tenant=a&b=c';
  expect(ownLink(link, origins)).toBe(link);
  const odd = ownLink('https://grafana.example.com/d/x?a=<b>|c"d', origins) ?? '';
  expect(odd).not.toMatch(/[<>|"]/);
});

test.for([
  'https://evil.example.com/',
  'https://grafana.example.com.evil.example.com/',
  'https://grafana.example.com@evil.example.com/',
  'https://user:password@grafana.example.com/',
  'http://grafana.example.com/',
  'javascript:alert(1)',
  'data:text/html,x',
  '//grafana.example.com/',
  '',
  `https://grafana.example.com/${'x'.repeat(3_000)}`,
])('%s is no link of ours', (text) => {
  expect(ownLink(text, origins)).toBeUndefined();
});
