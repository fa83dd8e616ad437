// Hot: one object a call of a database. Bench: bench/request
import { performance } from 'node:perf_hooks';
import { type Context, context, type Span, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { DbCallKind, DbFailure } from './db-call-kind.ts';
import { isSlow } from './db-slow.ts';
import type { SlowCall } from './db-slow-call.ts';
import { guard } from './guard.ts';

/**
 * Starts a client span, a child of the active one, and the clock of `db.client.operation.duration`, which is recorded
 * whether the span is sampled or not, in the context of the call: with its tenant.
 */
export function startDbOperation(tracer: Tracer, kind: DbCallKind): RunningDbOperation {
  return new RunningDbOperation(tracer, kind);
}

/** A call that has not been answered yet. */
export class RunningDbOperation {
  /** The context of the call, to which its callback belongs. */
  readonly parent: Context = context.active();
  readonly #kind: DbCallKind;
  readonly #span: Span;
  readonly #startMs = performance.now();
  #ended = false;

  constructor(tracer: Tracer, kind: DbCallKind) {
    this.#kind = kind;
    this.#span = tracer.startSpan(kind.spanName, kind.span, this.parent);
  }

  /** Ends the span and records the duration. Only the first call counts. */
  end(failure?: DbFailure): void {
    if (this.#ended) return;
    this.#ended = true;
    const seconds = (performance.now() - this.#startMs) / 1_000;
    const slow = isSlow(seconds) ? slowOf(this.#kind) : undefined;
    if (slow !== undefined) this.#span.setAttributes(slow.attributes);
    if (failure !== undefined) markFailed(this.#span, failure);
    this.#span.end();
    // Nearly always the answer comes in the context of the call; entering it again is what would cost.
    if (context.active() === this.parent) this.#record(seconds, failure, slow);
    else context.with(this.parent, () => this.#record(seconds, failure, slow));
  }

  #record(seconds: number, failure: DbFailure | undefined, slow: SlowCall | undefined): void {
    this.#kind.record(seconds, failure);
    slow?.counter.add(1);
  }
}

const slowOf = guard('slow operation', (kind: DbCallKind) => kind.slow);

function markFailed(span: Span, failure: DbFailure): void {
  span.setAttribute('error.type', failure.type);
  if (failure.statusCode !== undefined) {
    span.setAttribute('db.response.status_code', failure.statusCode);
  }
  span.setStatus({ code: SpanStatusCode.ERROR });
}
