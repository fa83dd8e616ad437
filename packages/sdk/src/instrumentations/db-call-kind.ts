// Hot: what a call of a database finds instead of making it. Bench: bench/request

import type { BoundHistogram } from '@bellwether/meters';
import { SpanKind, type SpanOptions } from '@opentelemetry/api';
import { loadNow } from '../load-now.ts';
import { dbMeters } from './db-meters.ts';
import type { SlowCall } from './db-slow-call.ts';

/** One call of a database client, as semantic conventions describe it. */
export interface DbOperation {
  readonly system: 'redis' | 'postgresql' | 'mariadb' | 'mysql';
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly address: string | undefined;
  readonly port: number | undefined;
  /** Commands in it, when several go in one. */
  readonly batchSize?: number;
  /** Asked for once, when the first span starts. Without any value of the application. */
  readonly text?: () => string | undefined;
}

/** How a call failed, without the words of the error: they may quote data. */
export interface DbFailure {
  readonly type: string;
  /** What the server answered with: SQLSTATE, or the first word of an error of Redis. */
  readonly statusCode?: string | undefined;
}

/** What all calls that are described alike have in common: the start of the span, and the series of the duration. */
export class DbCallKind {
  readonly spanName: string;
  readonly #operation: DbOperation;
  #span: SpanOptions | undefined;
  #duration: BoundHistogram | undefined;
  #slow: SlowCall | null | undefined;

  constructor(operation: DbOperation) {
    this.#operation = operation;
    this.spanName = spanName(operation);
  }

  /** Frozen: every span of the kind starts with the same object. */
  get span(): SpanOptions {
    this.#span ??= Object.freeze({
      kind: SpanKind.CLIENT,
      attributes: Object.freeze(spanAttributes(this.#operation)),
    });
    return this.#span;
  }

  /** What a slow call of this kind is; `undefined` where it is meant to take its time. */
  get slow(): SlowCall | undefined {
    this.#slow ??= loadNow(() => import('./db-slow-call.ts')).slowCall(this.#operation) ?? null;
    return this.#slow ?? undefined;
  }

  /** Records into `db.client.operation.duration` of the tenant in progress. */
  record(seconds: number, failure: DbFailure | undefined): void {
    if (failure !== undefined) {
      dbMeters.operationDuration.record(seconds, labels(this.#operation, failure));
      return;
    }
    this.#duration ??= dbMeters.operationDuration.bind(labels(this.#operation, undefined));
    this.#duration.record(seconds);
  }
}

/** @see https://opentelemetry.io/docs/specs/semconv/db/database-spans/#name */
function spanName({ system, name, namespace }: DbOperation): string {
  if (name === undefined) return namespace ?? system;
  return namespace === undefined ? name : `${name} ${namespace}`;
}

function spanAttributes(operation: DbOperation): Record<string, string | number> {
  const { system, name, namespace, address, port, batchSize = 0, text } = operation;
  const all = {
    'db.system.name': system,
    'db.operation.name': name,
    'db.namespace': namespace,
    'server.address': address,
    'server.port': port,
    'db.operation.batch.size': batchSize > 1 ? batchSize : undefined,
    'db.query.text': text?.(),
  };
  return Object.fromEntries(Object.entries(all).filter(hasValue));
}

function hasValue(
  entry: [string, string | number | undefined],
): entry is [string, string | number] {
  return entry[1] !== undefined;
}

function labels(
  { system, name, namespace, address, port }: DbOperation,
  failure: DbFailure | undefined,
) {
  return {
    'db.system.name': system,
    'db.operation.name': name,
    'db.namespace': namespace,
    'server.address': address,
    'server.port': port,
    'db.response.status_code': failure?.statusCode,
    'error.type': failure?.type,
  };
}
