import { expect, test } from 'vitest';
import { parsePorts, parseServices } from './stack-options.ts';

test('ports by name', () => {
  expect(parsePorts('prometheus=9090, redis=6379')).toEqual({ prometheus: 9090, redis: 6379 });
});

test('the standard ports', () => {
  expect(parsePorts('standard')).toMatchObject({ collectorHttp: 4318, prometheus: 9090 });
});

test.each([
  '',
  'prometheus',
  'prometheus=',
  'prometheus=0',
  'prometheus=65536',
  'prometheus=9e3',
  'x=1',
  'toString=1',
])('ports %j are refused', (text) =>
  expect(() => parsePorts(text)).toThrow(/Expected --ports to be/),
);

test('services', () => {
  expect(parseServices('redis, collector')).toEqual(['redis', 'collector']);
  expect(() => parseServices('redis,nginx')).toThrow(/Expected a service .*, got nginx/);
});
