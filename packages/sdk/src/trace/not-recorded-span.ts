// Hot: every span of a request that is not sampled. Bench: span.bench.ts
import { type Span, type SpanContext, TraceFlags, type TraceState } from '@opentelemetry/api';
import { newSpanId, newTraceId } from './ids.ts';

/** A span that is not sampled. Its ids are made when somebody asks for them: most are never asked. */
export class NotRecordedSpan implements Span {
  private context: SpanContext | undefined;
  /**
   * What the ids come from: the first span of the trace that is not recorded, or what that one came from. Never the parent itself: work that
   * begins its next round inside of its last one would keep every span there ever was.
   */
  private readonly origin: NotRecordedSpan | SpanContext | undefined;

  constructor(parent: NotRecordedSpan | SpanContext | undefined) {
    this.context = undefined;
    this.origin = parent instanceof NotRecordedSpan ? (parent.origin ?? parent) : parent;
  }

  spanContext(): SpanContext {
    this.context ??= contextBelow(this.origin);
    return this.context;
  }

  setAttribute(): this {
    return this;
  }

  setAttributes(): this {
    return this;
  }

  addEvent(): this {
    return this;
  }

  addLink(): this {
    return this;
  }

  addLinks(): this {
    return this;
  }

  setStatus(): this {
    return this;
  }

  updateName(): this {
    return this;
  }

  end(): void {}

  isRecording(): boolean {
    return false;
  }

  recordException(): void {}
}

function contextBelow(origin: NotRecordedSpan | SpanContext | undefined): SpanContext {
  const above = origin instanceof NotRecordedSpan ? origin.spanContext() : origin;
  return {
    traceId: above?.traceId ?? newTraceId(),
    spanId: newSpanId(),
    traceFlags: TraceFlags.NONE,
    traceState: above?.traceState as TraceState,
  };
}
