import { expect, test } from 'vitest';
import { redactQuery, splitTarget } from './http-query.ts';

test('hides signatures and nothing else', () => {
  expect(redactQuery('a=1&sig=s3cret&Signature=x&design=2')).toBe(
    'a=1&sig=REDACTED&Signature=REDACTED&design=2',
  );
  expect(redactQuery('AWSAccessKeyId=A&X-Goog-Signature=')).toBe(
    'AWSAccessKeyId=REDACTED&X-Goog-Signature=REDACTED',
  );
  expect(
    redactQuery('X-Amz-Date=1&X-Amz-Security-Token=t&X-Amz-Signature=f&X-Amz-Credential=c'),
  ).toBe(
    'X-Amz-Date=1&X-Amz-Security-Token=REDACTED&X-Amz-Signature=REDACTED&X-Amz-Credential=REDACTED',
  );
});

test.each([
  ['/', '/', undefined],
  ['/a?b=1', '/a', 'b=1'],
  ['/a?', '/a', undefined],
  ['?b', '/', 'b'],
  ['http://example.com/a?b#c', '/a', 'b'],
  ['http://example.com', '/', undefined],
  ['*', '*', undefined],
])('splits %s', (target, path, query) => {
  expect(splitTarget(target)).toEqual({ path, query });
});
