import { fileURLToPath } from 'node:url';
import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import type { ScopeMetrics } from '../src/state/metric-data.ts';

const file = fileURLToPath(new URL('./programs/late-sdk.mjs', import.meta.url));

/** Runs the program; gives unit, version and value by tenant of each metric of the shop, and what was refused. */
async function run(which: string, early = '3') {
  const program = runProgram({ file, args: [which, early] });
  const { code } = await program.exited;
  expect(program.stderr).toBe('');
  expect(code).toBe(0);
  const scopes = JSON.parse(program.stdout) as ScopeMetrics[];
  const valuesOf = (scope: string) =>
    Object.fromEntries(
      (scopes.find((entry) => entry.scope.name === scope)?.metrics ?? []).map((metric) => [
        metric.descriptor.name,
        metric.dataPoints.map(({ attributes, value }) => [attributes, value]),
      ]),
    );
  const shop = scopes.find(({ scope }) => scope.name === 'shop');
  return { shop, values: valuesOf('shop'), own: valuesOf('@bellwether/meters') };
}

const total = (early: number, late: number) => ({
  orders: [
    [{ status: 'paid', 'tenant.id': 'acme' }, early + late],
    [{ status: 'declined', 'tenant.id': 'globex' }, 2 * (early + late)],
  ],
  stock: [[{}, late > 0 ? late - 1 : early - 1]],
});

test.each(['foreign', 'ours'])('nothing recorded before the SDK is lost: %s', async (which) => {
  const { shop, values } = await run(which);
  expect(shop?.scope).toMatchObject({ name: 'shop', version: '1.2.3' });
  expect(shop?.metrics[0]?.descriptor).toMatchObject({ unit: '{order}', description: 'Orders' });
  expect(values).toMatchObject(total(3, 2));
  expect(values.carts).toEqual([[{ 'tenant.id': 'acme' }, 4]]);
  expect(values.time).toHaveLength(1);
  expect(values.time?.[0]).toMatchObject([
    { 'tenant.id': 'globex' },
    { count: 5, min: 0.05, max: 0.5, buckets: { boundaries: [0.1, 1], counts: [3, 2, 0] } },
  ]);
});

test('nor when nothing is recorded afterwards', async () => {
  const { values } = await run('quiet');
  expect(values).toMatchObject(total(3, 0));
});

test('histograms keep 8,192 calls for a foreign SDK; what is beyond is counted, sums stay exact', async () => {
  const { values, own } = await run('foreign', '10000');
  expect(values).toMatchObject(total(10_000, 2));
  expect(values.time?.[0]).toMatchObject([{}, { count: 8_194 }]);
  expect(own['bellwether.meters.refused']).toEqual([[{ reason: 'replay_overflow' }, 1_808]]);
});

test('our SDK gets every histogram, however many', async () => {
  const { values } = await run('ours', '10000');
  expect(values.time?.[0]).toMatchObject([{}, { count: 10_002 }]);
});
