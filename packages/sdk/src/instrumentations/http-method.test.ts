import { expect, test } from 'vitest';
import { httpMethod, methodInSpanName } from './http-method.ts';

test('an unknown method is _OTHER, and HTTP in the name of a span', () => {
  expect(httpMethod('get')).toBe('GET');
  expect(httpMethod('PROPFIND')).toBe('_OTHER');
  expect(httpMethod(undefined)).toBe('GET');
  expect(methodInSpanName('_OTHER')).toBe('HTTP');
});
