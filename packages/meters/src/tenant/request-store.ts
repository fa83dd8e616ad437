// Hot: `current` runs for every recorded call of a tenant's meter. Bench: ../instruments/record.bench.ts
import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, context, createContextKey } from '@opentelemetry/api';
import type { TenantRef } from './tenant-ref.ts';

/** One mutable object per request or job: whatever is written here is seen by all that it calls. */
export interface RequestStore {
  tenant: TenantRef | undefined;
  route: string | undefined;
}

/** createContextKey is Symbol.for, so every copy of this package finds the same store. */
const KEY = createContextKey('@bellwether/meters request store');

/** A store without tenant and route, for a request that begins. */
export function createRequestStore(): RequestStore {
  return { tenant: undefined, route: undefined };
}

/** The context in which that store is the one of the request. */
export function withRequestStore(ctx: Context, store: RequestStore): Context {
  return ctx.setValue(KEY, store);
}

/** The store of the request that the context belongs to; `undefined` outside of any. */
export function requestStoreOf(ctx: Context): RequestStore | undefined {
  return ctx.getValue(KEY) as RequestStore | undefined;
}

/** Finds and makes the store of the request in progress; one object for all copies of this package. */
export class RequestStores {
  /** Used only while no context manager is registered: then OpenTelemetry's context goes nowhere. */
  #fallback: AsyncLocalStorage<RequestStore> | undefined;

  /** Counts as the current one whatever the context says, while `as` runs. */
  #named: RequestStore | undefined;

  current(): RequestStore | undefined {
    if (this.#named !== undefined) return this.#named;
    const store = context.active().getValue(KEY) as RequestStore | undefined;
    return store === undefined && this.#fallback !== undefined ? this.#fallback.getStore() : store;
  }

  /** Records at once in the name of `store`, without the cost of entering a context. What `fn` starts and leaves running has none of it. */
  as(store: RequestStore, fn: () => void): void {
    const before = this.#named;
    this.#named = store;
    try {
      fn();
    } finally {
      this.#named = before;
    }
  }

  /** Runs `fn` with a store of its own that nested asynchronous calls see too. */
  run<T>(store: RequestStore, fn: () => T): T {
    return context.with(withRequestStore(context.active(), store), () => {
      if (requestStoreOf(context.active()) === store) return fn();
      this.#fallback ??= new AsyncLocalStorage();
      return this.#fallback.run(store, fn);
    });
  }
}
