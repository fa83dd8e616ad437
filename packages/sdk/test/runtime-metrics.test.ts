import { startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk, nodes } from './run-with-sdk.ts';

const expected: [name: string, unit: string, monotonic: boolean][] = [
  ['process.cpu.time', 's', true],
  ['process.memory.usage', 'By', false],
  ['process.uptime', 's', false],
  ['process.unix.file_descriptor.count', '{file_descriptor}', false],
  ['nodejs.eventloop.utilization', '1', false],
  ['nodejs.eventloop.time', 's', true],
  ['v8js.memory.heap.used', 'By', false],
  ['v8js.heap.size_limit', 'By', false],
  ['v8js.memory.heap.space.available_size', 'By', false],
];

test.each(nodes)('%s: names and units of the semantic conventions', async (node) => {
  const receiver = await startOtlpReceiver();
  await completeWithSdk(receiver, { file: 'sdk-hello.mjs', node });
  for (const [name, unit, monotonic] of expected) {
    const points = receiver.points(name);
    expect(points.length, name).toBeGreaterThan(0);
    for (const point of points) expect(point).toMatchObject({ unit, monotonic });
  }
  const modes = receiver.points('process.cpu.time').map(({ attributes }) => attributes['cpu.mode']);
  expect(modes.sort()).toEqual(['system', 'user']);
  const units = receiver.metrics().filter(({ unit, name }) => unit === '' && name.includes('.'));
  expect(units.map(({ name }) => name)).toEqual([]);
});

test('v8js.heap.size_limit follows --max-old-space-size', async () => {
  const receiver = await startOtlpReceiver();
  await completeWithSdk(receiver, {
    file: 'sdk-hello.mjs',
    nodeArgs: ['--max-old-space-size=100', '--max-semi-space-size=1'],
  });
  const [limit] = receiver.points('v8js.heap.size_limit');
  expect(limit?.value).toBeGreaterThanOrEqual(100 * 1024 ** 2);
  expect(limit?.value).toBeLessThan(120 * 1024 ** 2);
});
