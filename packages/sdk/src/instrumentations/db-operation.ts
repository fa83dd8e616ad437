import { performance } from 'node:perf_hooks';
import {
  type Attributes,
  type Context,
  context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
} from '@opentelemetry/api';
import { dbMeters } from './db-meters.ts';

/** One call of a database client, as semantic conventions describe it. */
export interface DbOperation {
  readonly system: 'redis' | 'postgresql';
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly address: string | undefined;
  readonly port: number | undefined;
  /** Commands in it, when several go in one. */
  readonly batchSize?: number;
  /** Asked for only when the span is recorded. Without any value of the application. */
  readonly text?: () => string | undefined;
}

/** How a call failed, without the words of the error: they may quote data. */
export interface DbFailure {
  readonly type: string;
  /** What the server answered with: SQLSTATE, or the first word of an error of Redis. */
  readonly statusCode?: string | undefined;
}

/** Ends the operation: a span and a duration. Only the first call counts. */
export type EndDbOperation = (failure?: DbFailure) => void;

/**
 * Starts a client span, a child of the active one, and the clock of `db.client.operation.duration`, which is recorded
 * whether the span is sampled or not, in the context of the call: with its tenant.
 */
export function startDbOperation(tracer: Tracer, operation: DbOperation): EndDbOperation {
  const parent = context.active();
  const start = performance.now();
  const span = startSpan(tracer, operation, parent);
  let ended = false;
  return (failure) => {
    if (ended) return;
    ended = true;
    const seconds = (performance.now() - start) / 1_000;
    endSpan(span, failure);
    context.with(parent, () => record(seconds, operation, failure));
  };
}

function startSpan(tracer: Tracer, operation: DbOperation, parent: Context): Span {
  const { system, name, namespace, address, port, batchSize = 0 } = operation;
  const attributes: Attributes = { 'db.system.name': system };
  if (name !== undefined) attributes['db.operation.name'] = name;
  if (namespace !== undefined) attributes['db.namespace'] = namespace;
  if (address !== undefined) attributes['server.address'] = address;
  if (port !== undefined) attributes['server.port'] = port;
  if (batchSize > 1) attributes['db.operation.batch.size'] = batchSize;
  const span = tracer.startSpan(spanName(operation), { kind: SpanKind.CLIENT, attributes }, parent);
  const text = span.isRecording() ? operation.text?.() : undefined;
  if (text !== undefined) span.setAttribute('db.query.text', text);
  return span;
}

/** @see https://opentelemetry.io/docs/specs/semconv/db/database-spans/#name */
function spanName({ system, name, namespace }: DbOperation): string {
  if (name === undefined) return namespace ?? system;
  return namespace === undefined ? name : `${name} ${namespace}`;
}

function endSpan(span: Span, failure: DbFailure | undefined): void {
  if (failure !== undefined) {
    span.setAttribute('error.type', failure.type);
    if (failure.statusCode !== undefined) {
      span.setAttribute('db.response.status_code', failure.statusCode);
    }
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

function record(
  seconds: number,
  { system, name, namespace, address, port }: DbOperation,
  failure: DbFailure | undefined,
): void {
  dbMeters.operationDuration.record(seconds, {
    'db.system.name': system,
    'db.operation.name': name,
    'db.namespace': namespace,
    'server.address': address,
    'server.port': port,
    'db.response.status_code': failure?.statusCode,
    'error.type': failure?.type,
  });
}
