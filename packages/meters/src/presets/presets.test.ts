import { expect, test } from 'vitest';
import { catalogOf } from '../catalog/catalog-of.ts';
import { defineMeters } from '../catalog/define-meters.ts';
import {
  auth,
  authService,
  batch,
  cache,
  commerce,
  errors,
  gateway,
  messaging,
  saas,
} from '../presets.ts';

const presets = [commerce, saas, auth, cache, messaging, errors, gateway, batch, authService];
const all = {
  ...{ ...commerce, ...saas, ...auth, ...cache, ...messaging, ...errors },
  ...{ ...gateway, ...batch, ...authService },
};

test('all presets together are one catalog without clashes', () => {
  const catalog = catalogOf(defineMeters('all', all));
  const count = presets.flatMap(Object.keys).length;
  expect(catalog?.instruments).toHaveLength(count);
  for (const { name, unit, description } of catalog?.instruments ?? []) {
    expect(name).toMatch(/^(commerce|saas|auth|cache|messaging|errors|gateway|batch)\./);
    expect(unit, name).not.toBe('');
    expect(description, name).not.toBe('');
  }
});

test('an amount always says its currency', () => {
  const amounts = Object.values(all).filter(({ unit }) => unit === '{minor_unit}');
  expect(amounts.length).toBeGreaterThan(3);
  for (const { name, attributes } of amounts) expect(attributes, name).toHaveProperty('currency');
});

test('the names that dashboards and alerts rely on', () => {
  expect(
    Object.entries(all).map(([key, { name, kind }]) => `${key}: ${kind} ${name}`),
  ).toMatchSnapshot();
});
