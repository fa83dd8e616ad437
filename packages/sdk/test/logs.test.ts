import { type OtlpReceiver, type ReceivedLog, startOtlpReceiver } from '@bellwether/testkit';
import { describe, expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

const runs = ['pino', 'winston'].flatMap((logger) =>
  ['logs.mjs', 'logs.cjs'].map((file) => ({ logger, file })),
);

const run = (
  receiver: OtlpReceiver,
  { logger, file }: (typeof runs)[number],
  env: Readonly<Record<string, string>> = {},
) => completeWithSdk(receiver, { file, env: { LOGGER: logger, ...env }, timeoutMs: 100_000 });

interface Line {
  readonly message: string;
  readonly trace_id?: string;
  readonly span_id?: string;
  readonly 'tenant.id'?: string;
}

/** What the application printed, each line JSON; pino says `msg`. */
const linesOf = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as Line & { readonly msg?: string })
    .map((line): Line => ({ ...line, message: line.msg ?? line.message }));

describe.each(runs)('$logger, $file', (which) => {
  test('lines on stdout carry trace, span and tenant, in OTLP too', async () => {
    const receiver = await startOtlpReceiver();
    const { stdout, stderr } = await run(receiver, which);
    const [server] = receiver.spans({ kind: 'server' });
    const ids = { traceId: server?.traceId, spanId: server?.spanId };
    const lines = linesOf(stdout);
    expect(lines.map(({ message }) => message)).toEqual(['in a request', 'in a job', 'of nobody']);
    expect(lines[0]).toMatchObject({
      area: 'web',
      order: 7,
      trace_id: ids.traceId,
      span_id: ids.spanId,
      'tenant.id': 'acme',
    });
    expect(lines.map((line) => line['tenant.id'])).toEqual(['acme', 'globex', undefined]);
    expect(lines[2]?.trace_id).toBeUndefined();

    const records = receiver.logs();
    expect(records.map(brief)).toEqual([
      { body: 'in a request', severity: 13, text: 'warn', tenant: 'acme', ...ids },
      { body: 'in a job', severity: 9, text: 'info', tenant: 'globex' },
      { body: 'of nobody', severity: 17, text: 'error', tenant: undefined },
    ]);
    expect(records[0]?.attributes).toMatchObject({ area: 'web', order: 7 });
    expect(records[0]?.attributes).not.toHaveProperty('trace_id');
    expect(stderr).toBe('');
  }, 120_000);

  test('without OTLP for logs the lines are the same, and nothing is sent', async () => {
    const receiver = await startOtlpReceiver();
    const { stdout } = await run(receiver, which, { OTEL_LOGS_EXPORTER: 'none' });
    expect(linesOf(stdout)[0]).toMatchObject({
      trace_id: receiver.spans({ kind: 'server' })[0]?.traceId,
      'tenant.id': 'acme',
    });
    expect(receiver.logs()).toEqual([]);
  }, 120_000);

  test('without spans the lines carry the tenant', async () => {
    const receiver = await startOtlpReceiver();
    const { stdout } = await run(receiver, which, { OTEL_TRACES_EXPORTER: 'none' });
    expect(linesOf(stdout).map((line) => line['tenant.id'])).toEqual(['acme', 'globex', undefined]);
    expect(receiver.logs({ 'tenant.id': 'acme' })).toHaveLength(1);
  }, 120_000);

  test('disabled, nothing is added', async () => {
    const receiver = await startOtlpReceiver();
    const { stdout } = await run(receiver, which, {
      OTEL_NODE_DISABLED_INSTRUMENTATIONS: which.logger,
    });
    expect(linesOf(stdout)[0]).not.toHaveProperty('trace_id');
    expect(linesOf(stdout)[0]).not.toHaveProperty('tenant.id');
    expect(receiver.logs()).toEqual([]);
  }, 120_000);
});

function brief({ body, severityNumber, severityText, attributes, traceId, spanId }: ReceivedLog) {
  return {
    body,
    severity: severityNumber,
    text: severityText,
    tenant: attributes['tenant.id'],
    ...(traceId !== undefined && { traceId, spanId }),
  };
}
