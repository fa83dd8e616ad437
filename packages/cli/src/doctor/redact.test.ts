import { expect, test } from 'vitest';
import { redact, secretsIn } from './redact.ts';

test('values that are named like secrets, headers and credentials of addresses', () => {
  const secrets = secretsIn(
    {
      OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=acme-corp,authorization=Bearer%20abcdef123',
      STRIPE_API_KEY: 'sk_live_1',
      DATABASE_URL: 'postgresql://shop:pa%24%24word@db/shop?sslkey=keykeykey',
      PATH: '/usr/bin',
    },
    ['http://me:hunter22@host'],
  );
  const text =
    'acme-corp Bearer abcdef123 abcdef123 sk_live_1 pa%24%24word pa$$word keykeykey hunter22 /usr/bin';
  expect(redact(text, secrets)).toBe(`${'[redacted] '.repeat(8)}/usr/bin`);
});

test('short values stay: they stand in any text', () => {
  expect(secretsIn({ DEBUG_TOKEN: 'on' }, [])).toEqual([]);
});

test('a password that is a word of ours makes no hole in our sentences', () => {
  const secrets = secretsIn(
    { DB_PASSWORD: 'bellwether' },
    ['http://me:hunter22@h'],
    '@bellwether/sdk',
  );
  expect(redact('@bellwether/sdk bWU6aHVudGVyMjI= hunter22', secrets)).toBe(
    '@bellwether/sdk [redacted] [redacted]',
  );
});

test('control characters and the user of an address go, and it is cut', () => {
  expect(redact('a\u001b[31mb\nc http://me:x@host/', [])).toBe('a [31mb c http://[redacted]@host/');
  expect(redact('x'.repeat(5_000), [])).toHaveLength(603);
});
