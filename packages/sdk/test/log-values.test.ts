import { type ReceivedLog, startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

const timeoutMs = 100_000;

async function recordsOf(LOGGER: string, env: Readonly<Record<string, string>> = {}) {
  const receiver = await startOtlpReceiver();
  const file = 'log-values.mjs';
  const { stderr } = await completeWithSdk(receiver, { file, timeoutMs, env: { LOGGER, ...env } });
  expect(stderr).toBe('');
  return receiver.logs();
}

const declined = {
  'exception.type': 'PaymentError',
  'exception.message': 'declined',
  'exception.stacktrace': expect.stringMatching(
    /^PaymentError: declined\n {4}at [\s\S]*\ncaused by: TypeError: no card, password=REDACTED\n {4}at /,
  ),
};

const fields = {
  date: '1970-01-01T00:00:00.000Z',
  never: 'Invalid Date',
  map: { a: '1970-01-01T00:00:00.001Z' },
  set: ['a', 1],
  bytes: expect.anything(),
  floats: [0.5],
  small: 7,
  large: '1208925819614629174706176',
  symbol: 'Symbol(s)',
  nested: { date: '1970-01-01T00:00:00.000Z' },
  url: 'https://a.example/b',
  expression: '/a+/',
  nobody: { a: 1 },
  self: { name: 'loop', self: '[Circular]' },
  money: '12.50',
  breaks: { left: 1 },
};

const brief = ({ body, attributes }: ReceivedLog): Readonly<Record<string, unknown>> => ({
  body,
  ...attributes,
});

test.each([
  ['http/protobuf', {}],
  ['http/json', { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }],
])(
  'values of all kinds arrive as OTLP has them, by %s',
  async (_, env) => {
    const [flat, nested, body, error, exception, said] = (await recordsOf('api', env)).map(brief);
    expect(flat).toEqual({ body: 'fields', ...fields });
    expect(nested).toEqual({
      body: {
        ...fields,
        error: {
          type: 'PaymentError',
          message: 'declined',
          stacktrace: declined['exception.stacktrace'],
          order: 7,
        },
      },
    });
    expect(body).toEqual({ body: 'declined', ...declined });
    expect(error).toEqual({ body: 'failed', area: 'web', ...declined });
    expect(exception).toEqual({ body: 'exception', ...declined });
    expect(said).toEqual({ body: 'said', 'exception.message': 'password=REDACTED' });
  },
  120_000,
);

test('they are read where nothing is searched for, too', async () => {
  const [flat, , body] = (await recordsOf('api', { BELLWETHER_LOGS_AS_WRITTEN: 'true' })).map(
    brief,
  );
  expect(flat).toEqual({ body: 'fields', ...fields });
  expect(body?.['exception.stacktrace']).toContain('password=hunter2');
}, 120_000);

test('an error that pino logs', async () => {
  const [alone, among] = (await recordsOf('pino')).map(brief);
  // pino's serializer adds the words of the cause.
  const joined = { ...declined, 'exception.message': 'declined: no card, password=REDACTED' };
  expect(alone).toEqual({ body: 'declined', ...joined });
  expect(among).toEqual({ body: 'failed', date: fields.date, ...joined });
}, 120_000);

test('an error that winston logs', async () => {
  const [alone, second, among, plain, formatted] = (await recordsOf('winston')).map(brief);
  expect(alone).toEqual({ body: 'declined', order: 7, ...declined });
  expect(second).toEqual({ body: 'failed: declined', order: 7, ...declined });
  expect(among).toEqual({ body: 'failed', area: 'web', date: fields.date, ...declined });
  expect(plain).toEqual({ body: { order: 7 } });
  expect(formatted).toEqual({ body: 'declined', order: 7, ...declined });
}, 120_000);
