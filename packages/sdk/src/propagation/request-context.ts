// Hot: made for every request of a server and every span in it. Bench: ../instrumentations/http-server.bench.ts

import {
  createRequestStore,
  type RequestStore,
  withRequestStore,
} from '@bellwether/meters/runtime';
import {
  type Context,
  INVALID_SPAN_CONTEXT,
  propagation,
  ROOT_CONTEXT,
  type Span,
  trace,
} from '@opentelemetry/api';
import { type RPCMetadata, RPCType, setRPCMetadata } from '@opentelemetry/core';

const nobody = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
const SPAN = keyOf((context) => trace.setSpan(context, nobody));
const STORE = keyOf((context) => withRequestStore(context, createRequestStore()));
const RPC = keyOf((context) => setRPCMetadata(context, { type: RPCType.HTTP, span: nobody }));
const BAGGAGE = keyOf((context) => propagation.setBaggage(context, propagation.createBaggage()));

/**
 * A context as OpenTelemetry's own, with a field for each value that a request carries, so that setting one copies five fields and
 * no `Map`. Everything else is kept by a context of OpenTelemetry's.
 *
 * Contexts of OpenTelemetry's own that reach a request also let the young generation survive: see docs/decisions/0019.
 */
class RequestContext implements Context {
  readonly #span: unknown;
  readonly #store: unknown;
  readonly #rpc: unknown;
  readonly #baggage: unknown;
  readonly #rest: Context;

  constructor(span: unknown, store: unknown, rpc: unknown, baggage: unknown, rest: Context) {
    this.#span = span;
    this.#store = store;
    this.#rpc = rpc;
    this.#baggage = baggage;
    this.#rest = rest;
  }

  getValue(key: symbol): unknown {
    if (key === SPAN) return this.#span;
    if (key === STORE) return this.#store;
    if (key === RPC) return this.#rpc;
    if (key === BAGGAGE) return this.#baggage;
    return this.#rest.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    const span = key === SPAN ? value : this.#span;
    const store = key === STORE ? value : this.#store;
    const rpc = key === RPC ? value : this.#rpc;
    const baggage = key === BAGGAGE ? value : this.#baggage;
    const rest = isField(key) ? this.#rest : this.#rest.setValue(key, value);
    return new RequestContext(span, store, rpc, baggage, rest);
  }

  deleteValue(key: symbol): Context {
    if (isField(key)) return this.setValue(key, undefined);
    return new RequestContext(
      this.#span,
      this.#store,
      this.#rpc,
      this.#baggage,
      this.#rest.deleteValue(key),
    );
  }

  /** As if `span` and `rpc` were set one after the other. */
  begun(span: Span, rpc: unknown): Context {
    return new RequestContext(span, this.#store, rpc, this.#baggage, this.#rest);
  }
}

/** A root context that has the store of a request and nothing else. */
export function requestContext(store: RequestStore): Context {
  return new RequestContext(undefined, store, undefined, undefined, ROOT_CONTEXT);
}

/** `context` with the span and the RPC metadata of a request. */
export function begunContext(context: Context, span: Span, rpc: RPCMetadata): Context {
  return context instanceof RequestContext
    ? context.begun(span, rpc)
    : setRPCMetadata(trace.setSpan(context, span), rpc);
}

function isField(key: symbol): boolean {
  return key === SPAN || key === STORE || key === RPC || key === BAGGAGE;
}

/** The key under which a setter of OpenTelemetry keeps its value. */
function keyOf(set: (context: Context) => unknown): symbol {
  let used = Symbol('none');
  const asking: Context = {
    getValue: () => undefined,
    setValue: (key) => {
      used = key;
      return asking;
    },
    deleteValue: () => asking,
  };
  set(asking);
  return used;
}
