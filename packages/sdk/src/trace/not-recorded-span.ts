// Hot: every span of a request that is not sampled. Bench: span.bench.ts
import { type Span, type SpanContext, TraceFlags, type TraceState } from '@opentelemetry/api';
import { newSpanId, newTraceId } from './ids.ts';

/** A span that is not sampled. Its ids are made when somebody asks for them: most are never asked. */
export class NotRecordedSpan implements Span {
  private context: SpanContext | undefined;
  private readonly parent: NotRecordedSpan | SpanContext | undefined;

  constructor(parent: NotRecordedSpan | SpanContext | undefined) {
    this.context = undefined;
    this.parent = parent;
  }

  spanContext(): SpanContext {
    this.context ??= contextBelow(this.parent);
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

function contextBelow(parent: NotRecordedSpan | SpanContext | undefined): SpanContext {
  const above = parent instanceof NotRecordedSpan ? parent.spanContext() : parent;
  return {
    traceId: above?.traceId ?? newTraceId(),
    spanId: newSpanId(),
    traceFlags: TraceFlags.NONE,
    traceState: above?.traceState as TraceState,
  };
}
