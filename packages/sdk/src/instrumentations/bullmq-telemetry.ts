import {
  createRequestStore,
  requestStoreOf,
  resolveTenant,
  withRequestStore,
} from '@bellwether/meters/runtime';
import {
  type Attributes,
  type AttributeValue,
  type Context,
  context as contextApi,
  type Exception,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { StoreGetter, Target, TargetSetter } from '../propagation/peer-carrier.ts';
import { tenantInBaggage } from '../propagation/tenant-propagator.ts';
import { dbErrorType } from './db-error-type.ts';

/** What we need to know of a queue, a worker or a flow producer. */
export interface Queue {
  readonly opts: { readonly connection?: unknown; telemetry?: QueueTelemetry | undefined };
}

/** What BullMQ takes as `telemetry`. */
export interface QueueTelemetry {
  readonly tracer: {
    startSpan(name: string, options?: { readonly kind: SpanKind }, context?: Context): QueueSpan;
  };
  readonly contextManager: {
    with<T>(context: Context, fn: () => T): T;
    active(): Context;
    getMetadata(context: Context): string;
    fromMetadata(active: Context, metadata: string): Context;
  };
}

interface QueueSpan {
  setSpanOnContext(context: Context): Context;
  setAttribute(name: string, value: AttributeValue): void;
  setAttributes(attributes: Attributes): void;
  addEvent(name: string, attributes?: Attributes): void;
  recordException(exception: Exception): void;
  end(): void;
}

/** Spans for what an application asks for, adding and processing; BullMQ's own upkeep, a call every few seconds, has none. */
export function queueTelemetry(tracer: Tracer, queue: Queue): QueueTelemetry {
  const server = serverOf(queue.opts.connection);
  return {
    tracer: {
      startSpan: (name, options, context) => {
        const kind = options?.kind ?? SpanKind.INTERNAL;
        if (kind !== SpanKind.PRODUCER && kind !== SpanKind.CONSUMER) return noSpan;
        return asQueueSpan(
          tracer.startSpan(
            name,
            { kind, attributes: { 'messaging.system': 'bullmq', ...addressOf(server) } },
            context ?? contextApi.active(),
          ),
        );
      },
    },
    contextManager: {
      with: (context, fn) => contextApi.with(context, fn),
      active: () => contextApi.active(),
      getMetadata: (context) => writeMetadata(context, server),
      fromMetadata: (_active, metadata) => readMetadata(metadata, server),
    },
  };
}

/** A job is a request of its own: who works on it has nothing of whoever fetched it. */
function readMetadata(metadata: string, server: Target | undefined): Context {
  const store = createRequestStore();
  const own = withRequestStore(ROOT_CONTEXT, store);
  const extracted = propagation.extract(own, carrierOf(metadata), fromServer(server));
  const tenant = tenantInBaggage(extracted);
  if (tenant !== undefined) store.tenant = resolveTenant(tenant);
  return requestStoreOf(extracted) === store ? extracted : withRequestStore(extracted, store);
}

function writeMetadata(context: Context, server: Target | undefined): string {
  const carrier: Carrier = {};
  propagation.inject(context, carrier, toServer(server));
  return JSON.stringify(carrier);
}

type Carrier = Record<string, string>;

/** Whoever writes to the queue may write anything. */
function carrierOf(metadata: string): Carrier {
  try {
    const read: unknown = JSON.parse(metadata);
    if (typeof read !== 'object' || read === null) return {};
    return Object.fromEntries(
      Object.entries(read).filter(([, value]) => typeof value === 'string'),
    ) as Carrier;
  } catch {
    return {};
  }
}

const fromServer = (server: Target | undefined): StoreGetter<Carrier> => ({
  get: (carrier, key) => carrier[key],
  keys: (carrier) => Object.keys(carrier),
  store: () => server,
});

const toServer = (server: Target | undefined): TargetSetter<Carrier> => ({
  set: (carrier, key, value) => {
    carrier[key] = value;
  },
  target: () => server,
});

interface RedisOptions {
  readonly host?: string;
  readonly port?: number;
  readonly url?: string;
}

/** Of the options of a connection, of an ioredis client, or of an address. Of a cluster and of a socket nobody can say. */
function serverOf(connection: unknown): Target | undefined {
  const given = (connection ?? {}) as RedisOptions & { readonly options?: RedisOptions };
  if (typeof given.url === 'string' && URL.canParse(given.url)) {
    const { hostname, port } = new URL(given.url);
    return { host: hostname, port: port === '' ? 6_379 : Number(port) };
  }
  const { host, port } = given.options ?? given;
  return typeof host === 'string' ? { host, port: port ?? 6_379 } : undefined;
}

function addressOf(server: Target | undefined): Attributes {
  return server === undefined ? {} : { 'server.address': server.host, 'server.port': server.port };
}

/** What spans say of what BullMQ tells them. Not what a job was, came to or failed with: that is data. */
const shown: Readonly<Record<string, string>> = {
  'bullmq.queue.name': 'messaging.destination.name',
  'bullmq.queue.operation': 'messaging.operation.name',
  'bullmq.job.id': 'messaging.message.id',
  'bullmq.job.name': 'bullmq.job.name',
  'bullmq.job.attempts.made': 'bullmq.job.attempts.made',
};

function asQueueSpan(span: Span): QueueSpan {
  const set = (name: string, value: AttributeValue | undefined) => {
    const shownAs = Object.hasOwn(shown, name) ? shown[name] : undefined;
    if (shownAs !== undefined && value !== undefined) span.setAttribute(shownAs, value);
  };
  return {
    setSpanOnContext: (context) => trace.setSpan(context, span),
    setAttribute: set,
    setAttributes: (attributes) => {
      for (const [name, value] of Object.entries(attributes)) set(name, value);
    },
    // An attempt that failed is no exception to BullMQ: it may be tried again.
    addEvent: (name) => {
      if (name === 'job failed') span.setStatus({ code: SpanStatusCode.ERROR });
    },
    recordException: (error) => {
      span.setAttribute('error.type', dbErrorType(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
    },
    end: () => span.end(),
  };
}

const noSpan: QueueSpan = {
  setSpanOnContext: (context) => context,
  setAttribute: () => {},
  setAttributes: () => {},
  addEvent: () => {},
  recordException: () => {},
  end: () => {},
};
