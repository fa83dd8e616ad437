import type { Request } from 'express';
import { expect, test } from 'vitest';
import type { Identity } from '../identity.ts';
import { stillAllowed } from './still-allowed.ts';

const ana: Identity = { role: 'tenant-admin', user: 'ana', tenant: 'acme' };

async function ask(authorize: () => Promise<Identity | undefined>) {
  const told: unknown[] = [];
  const settings = {
    ...{ authorize, tenantPattern: /^\w+$/ },
    onError: (error: unknown) => told.push(error),
  };
  return { answer: await stillAllowed({} as Request, ana, settings), told };
}

test('the same person is, whoever signed out or changed is not', async () => {
  expect(await ask(async () => ({ ...ana }))).toEqual({ answer: 'yes', told: [] });
  expect(await ask(async () => undefined)).toEqual({ answer: 'no', told: [] });
  expect(await ask(async () => ({ ...ana, tenant: 'globex' }))).toMatchObject({ answer: 'no' });
});

test('an app that can not say it has signed nobody out, and is told why', async () => {
  const away = new Error('the database is away');
  const asked = ask(() => Promise.reject(away));
  expect(await asked).toEqual({ answer: 'unknown', told: [away] });
});
