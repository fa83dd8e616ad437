import { type OtlpReceiver, startOtlpReceiver, startRedis } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

const timeout = 120_000;

async function jobs(
  env: Record<string, string>,
): Promise<{ receiver: OtlpReceiver; said: string[] }> {
  const redis = await startRedis();
  const receiver = await startOtlpReceiver();
  const { stdout } = await completeWithSdk(receiver, {
    file: 'bullmq-jobs.mjs',
    timeoutMs: timeout,
    env: { REDIS_URL: redis.url, ...env },
  });
  return { receiver, said: stdout.trim().split('\n').sort() };
}

test(
  'a job is in the trace and of the tenant of whoever added it',
  async () => {
    const { receiver, said } = await jobs({ BELLWETHER_BAGGAGE_HOSTS: '127.0.0.1' });
    expect(said).toEqual([
      ...['fails of globex', 'sent of acme', 'sent of globex', 'sent of undefined'],
    ]);
    const done = receiver.points('test.jobs');
    expect(
      Object.fromEntries(done.map(({ attributes, value }) => [attributes['tenant.id'], value])),
    ).toEqual({ acme: 1, globex: 2, undefined: 1 });

    const added = receiver.spans({ kind: 'producer' });
    const processed = receiver.spans({ kind: 'consumer' });
    expect(processed).toHaveLength(4);
    for (const { parentSpanId, traceId, attributes } of processed) {
      const parent = added.find(({ spanId }) => spanId === parentSpanId);
      expect(parent).toMatchObject({ traceId });
      expect(parent?.attributes['tenant.id']).toBe(attributes['tenant.id']);
      expect(attributes).toMatchObject({
        'messaging.system': 'bullmq',
        'messaging.destination.name': 'letters',
        'server.address': '127.0.0.1',
      });
    }
    expect(processed.filter(({ status }) => status.code === 'error')).toHaveLength(1);
    // Neither data, nor results, nor the words of an error; and none of the upkeep of the queue.
    const shown = JSON.stringify(receiver.spans(), (_key, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(shown).not.toContain('hunter2');
    expect(receiver.spans().filter(({ scope }) => scope.name.endsWith('/bullmq'))).toHaveLength(
      added.length + processed.length,
    );
  },
  timeout,
);

test(
  'a Redis that is not listed names no tenant, and the trace goes on',
  async () => {
    const { receiver, said } = await jobs({});
    expect(said).toEqual([
      ...['fails of undefined', 'sent of undefined', 'sent of undefined', 'sent of undefined'],
    ]);
    const ids = new Set(receiver.spans({ kind: 'producer' }).map(({ spanId }) => spanId));
    const processed = receiver.spans({ kind: 'consumer' });
    expect(processed).toHaveLength(4);
    expect(processed.every(({ parentSpanId = '' }) => ids.has(parentSpanId))).toBe(true);
  },
  timeout,
);
