import { context, DiagLogLevel, diag } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { recordAs } from '../runtime.ts';
import { createRequestStore, requestStoreOf, withRequestStore } from './request-store.ts';
import { currentTenant, isTenantId, runWithTenant, setTenant } from './tenant.ts';
import {
  configureTenants,
  lifetimeTenantLabel,
  resolveTenant,
  tenantLabel,
} from './tenant-label.ts';

afterEach(() => context.disable());
const tick = () => new Promise((resolve) => setImmediate(resolve));

describe.each(['with a context manager', 'with none'])('%s', (which) => {
  const start = () => {
    if (which === 'with none') return;
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  };

  test('a tenant reaches nested asynchronous calls and nothing outside', async () => {
    start();
    expect(currentTenant()).toBe(undefined);
    const results = await Promise.all(
      ['a', 'b'].map((id) =>
        runWithTenant(id, async () => {
          await tick();
          return [currentTenant(), await runWithTenant('inner', async () => currentTenant())];
        }),
      ),
    );
    expect(results).toEqual([
      ['a', 'inner'],
      ['b', 'inner'],
    ]);
    expect(currentTenant()).toBe(undefined);
  });

  test('setTenant is seen by everything in the same request, later too, not by the outer one', async () => {
    start();
    await runWithTenant('outer', async () => {
      await runWithTenant('first', async () => {
        const later = tick().then(() => currentTenant());
        const set = async () => setTenant('second');
        expect(await set()).toBe(true);
        expect(currentTenant()).toBe('second');
        expect(await later).toBe('second');
      });
      expect(currentTenant()).toBe('outer');
    });
  });

  test('a malformed id changes nothing', () => {
    start();
    runWithTenant('a', () => {
      expect(setTenant('no,good')).toBe(false);
      expect(currentTenant()).toBe('a');
    });
    expect(runWithTenant('no good', () => currentTenant())).toBe(undefined);
  });
});

test('outside of any request there is nothing to set, which is said once', () => {
  const warn = vi.fn();
  const silent = () => {};
  const logger = { error: silent, warn, info: silent, debug: silent, verbose: silent };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  expect(setTenant('a')).toBe(false);
  expect(setTenant('b')).toBe(false);
  diag.disable();
  expect(warn.mock.calls).toEqual([[expect.stringContaining('setTenant was called outside')]]);
  expect(isTenantId('a')).toBe(true);
});

test('a store made by hand, as the SDK does', () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const store = createRequestStore();
  const ctx = withRequestStore(context.active(), store);
  expect(requestStoreOf(ctx)).toBe(store);
  context.with(ctx, () => setTenant('acme'));
  expect(store.tenant?.id).toBe('acme');
  expect([tenantLabel(store), tenantLabel(store.tenant), tenantLabel(undefined)]).toEqual([
    'acme',
    'acme',
    undefined,
  ]);
});

test('the real id stays with the ref, the labels are bounded', () => {
  configureTenants({ budget: 1 });
  resolveTenant('acme');
  const late = resolveTenant('late');
  expect([late?.id, tenantLabel(late), lifetimeTenantLabel(resolveTenant('acme'))]).toEqual([
    'late',
    '__other__',
    'acme',
  ]);
  expect(lifetimeTenantLabel(late)).toBe('__other__');
});

test('recordAs() names the tenant of what is recorded at once, and nothing afterwards', () => {
  const store = createRequestStore();
  store.tenant = resolveTenant('acme');
  const seen: (string | undefined)[] = [];
  runWithTenant('umbrella', () => {
    recordAs(store, () => seen.push(currentTenant()));
    expect(() =>
      recordAs(store, () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    seen.push(currentTenant());
  });
  expect(seen).toEqual(['acme', 'umbrella']);
});
