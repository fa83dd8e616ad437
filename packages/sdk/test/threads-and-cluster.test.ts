import { freePort, type MetricPoint, startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk, nodes } from './run-with-sdk.ts';

/** A machine that runs other tests besides may need more than the default to deliver. */
const patient = { BELLWETHER_FLUSH_TIMEOUT: '15000' };
const instancesOf = (points: MetricPoint[]) =>
  new Set(points.map(({ resource }) => resource['service.instance.id']));

test.each(nodes)('%s: every thread exports by its own', async (node) => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, {
    file: 'sdk-threads.mjs',
    node,
    env: { ...patient, BELLWETHER_METRICS_PORT: String(await freePort()) },
  });
  expect(program.stderr).toBe('');
  const points = receiver.points('threads.work');
  expect(points.map(({ value }) => value).sort()).toEqual([1, 2, 3]);
  expect(instancesOf(points).size).toBe(3);
  // What belongs to the process is counted once, what belongs to a thread by each.
  expect(receiver.points('process.uptime')).toHaveLength(1);
  expect(receiver.points('nodejs.eventloop.utilization')).toHaveLength(3);
});

test('every process of a cluster exports by its own; the first has /metrics', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, {
    file: 'sdk-cluster.mjs',
    env: { ...patient, BELLWETHER_METRICS_PORT: String(await freePort()) },
  });
  expect(receiver.points('cluster.work').map(({ value }) => value)).toEqual(
    expect.arrayContaining([1, 2, 100]),
  );
  expect(instancesOf(receiver.points('cluster.work')).size).toBe(3);
  const lines = program.stderr.trim().split('\n');
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toContain('ERR_METRICS_PORT');
});

test.each([
  ['sdk-cluster.mjs', 'cluster.work', ['pod-1', 'pod-1-worker-1', 'pod-1-worker-2']],
  ['sdk-threads.mjs', 'threads.work', ['pod-1', 'pod-1-thread-1', 'pod-1-thread-2']],
])('%s: an instance id from the environment stays one of each', async (file, metric, ids) => {
  const receiver = await startOtlpReceiver();
  await completeWithSdk(receiver, {
    file,
    env: { ...patient, OTEL_RESOURCE_ATTRIBUTES: 'service.instance.id=pod-1' },
  });
  expect([...instancesOf(receiver.points(metric))].sort()).toEqual(ids);
});
