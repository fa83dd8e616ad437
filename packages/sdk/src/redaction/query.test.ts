import { expect, test } from 'vitest';
import { hideQuery, queryRedactor } from './query.ts';

test.each([
  ['a=1&b=', 'a=REDACTED&b=REDACTED'],
  ['ids[]=1&ids%5B%5D=2', 'ids[]=REDACTED&ids%5B%5D=REDACTED'],
  ['s3cret', 'REDACTED'],
  ['a%40b.example=1', 'REDACTED=REDACTED'],
  [`${'x'.repeat(65)}=1`, 'REDACTED=REDACTED'],
  ['a=b=c&&', 'a=REDACTED&&'],
])('%s', (query, shown) => {
  expect(hideQuery(query)).toBe(shown);
});

test('what is allowed is shown, and nothing else', () => {
  const redact = queryRedactor(['page', 'sig']);
  expect(redact('page=2&sig=x&Page=3&sort')).toBe('page=2&sig=x&Page=REDACTED&REDACTED');
});

test('* shows all but what is called like a secret', () => {
  const redact = queryRedactor(['*']);
  expect(redact('page=2&sig=x&X-Amz-Signature=y&access_token=z&AWSAccessKeyId=k')).toBe(
    'page=2&sig=REDACTED&X-Amz-Signature=REDACTED&access_token=REDACTED&AWSAccessKeyId=REDACTED',
  );
});
