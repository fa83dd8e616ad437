import { fileURLToPath } from 'node:url';
import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';

const file = fileURLToPath(new URL('./programs/many-tenants.mjs', import.meta.url));

test('100,000 tenants: constant series, exact totals, no growth', { timeout: 90_000 }, async () => {
  const program = runProgram({
    file,
    nodeArgs: ['--expose-gc', '--max-semi-space-size=8', '--min-semi-space-size=8'],
    timeoutMs: 80_000,
  });
  const { code } = await program.exited;
  expect(program.stderr).toBe('');
  expect(code).toBe(0);
  const { recorded, total, series, labels, growth } = JSON.parse(program.stdout);
  expect(recorded).toBe(800_000);
  expect(total).toBe(recorded);
  expect(series).toBeLessThanOrEqual(101 * 4);
  expect(labels).toBe(101);
  expect(growth.rss).toBeLessThan(5 * 1024 * 1024);
  expect(growth.heapUsed).toBeLessThan(1024 * 1024);
});
