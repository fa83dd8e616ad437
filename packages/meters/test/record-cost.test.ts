import { fileURLToPath } from 'node:url';
import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import type { Measured } from './support/measure.ts';

const file = fileURLToPath(new URL('../src/instruments/record.bench.ts', import.meta.url));

/** Ratios and bytes, for a machine that does other things too; the bench itself says the nanoseconds. */
test('a recorded call allocates nothing and costs a fraction of sdk-metrics', {
  timeout: 90_000,
}, async () => {
  const nodeArgs = ['--expose-gc', '--min-semi-space-size=64', '--max-semi-space-size=64'];
  const program = runProgram({ file, args: ['--json', '--quick'], nodeArgs, timeoutMs: 80_000 });
  await program.exited;
  const { results } = JSON.parse(program.stdout) as { results: Measured[] };
  const cost = (name: string) => {
    const found = results.find((result) => result.name === name);
    if (!found) throw new Error(`the bench has no ${name}`);
    return found;
  };
  const bare = cost('sdk-metrics: Counter.add, 3 attributes and tenant');
  const bound = cost('counter, bound, fixed tenant');
  const looked = cost('counter, 3 attributes, tenant of the request');
  expect([bound.bytes, looked.bytes]).toEqual([0, 0]);
  expect(bound.nanoseconds).toBeLessThan(bare.nanoseconds / 15);
  expect(looked.nanoseconds).toBeLessThan(bare.nanoseconds / 3);
});
