import { expect, test, vi } from 'vitest';
import { createTenantDirectory, type Tenant } from './tenant-directory.ts';

const acme: Tenant = { id: 'acme', currencies: ['EUR'] };

function directory(limit = 10) {
  let time = 0;
  const byKeyHash = vi.fn(async (hash: string) => (hash === 'good' ? acme : undefined));
  const byId = vi.fn(async () => acme);
  const tenants = createTenantDirectory(
    { byKeyHash, byId },
    { rememberMs: 1_000, limit, now: () => time },
  );
  return { tenants, byKeyHash, byId, pass: (ms: number) => (time += ms) };
}

test('the source is asked once for a key, good or bad, until the time is over', async () => {
  const { tenants, byKeyHash, pass } = directory();
  for (const hash of ['good', 'good', 'bad', 'bad']) await tenants.byKeyHash(hash);
  expect(byKeyHash).toHaveBeenCalledTimes(2);
  pass(1_001);
  expect(await tenants.byKeyHash('good')).toEqual(acme);
  expect(byKeyHash).toHaveBeenCalledTimes(3);
});

test('simultaneous questions are one', async () => {
  const { tenants, byKeyHash } = directory();
  await Promise.all([tenants.byKeyHash('good'), tenants.byKeyHash('good')]);
  expect(byKeyHash).toHaveBeenCalledTimes(1);
});

test('a failure is not remembered', async () => {
  const { tenants, byKeyHash } = directory();
  byKeyHash.mockRejectedValueOnce(new Error('away'));
  await expect(tenants.byKeyHash('good')).rejects.toThrow('away');
  expect(await tenants.byKeyHash('good')).toEqual(acme);
});

test('many bad keys push out the oldest answers only', async () => {
  const { tenants, byKeyHash } = directory(2);
  for (const hash of ['good', 'bad 1', 'bad 2', 'bad 2']) await tenants.byKeyHash(hash);
  expect(byKeyHash).toHaveBeenCalledTimes(3);
  await tenants.byKeyHash('good');
  expect(byKeyHash).toHaveBeenCalledTimes(4);
});

test('an id is never taken for a key', async () => {
  const { tenants } = directory();
  await tenants.byId('good');
  expect(await tenants.byKeyHash('acme')).toBeUndefined();
});
