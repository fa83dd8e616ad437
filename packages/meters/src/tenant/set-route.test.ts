import { expect, test } from 'vitest';
import { sharedState } from '../state/shared-state.ts';
import { createRequestStore } from './request-store.ts';
import { setRoute } from './set-route.ts';

test('the last name counts', () => {
  const store = createRequestStore();
  sharedState().requests.run(store, () => {
    expect(setRoute('/orders/:id')).toBe(true);
    expect(setRoute('/orders/:id/lines')).toBe(true);
    expect(setRoute('')).toBe(false);
    expect(setRoute(undefined as unknown as string)).toBe(false);
  });
  expect(store.route).toBe('/orders/:id/lines');
});

test('outside of a request there is nothing to name', () => {
  expect(setRoute('/orders/:id')).toBe(false);
});
