// Hot: every span starts here. Bench: span.bench.ts
import { requestStoreOf } from '@bellwether/meters/runtime';
import {
  type Context,
  context as contextApi,
  INVALID_SPAN_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  type SpanOptions,
  TraceFlags,
  type Tracer as TracerApi,
  trace,
} from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import { newSpanId, newTraceId } from './ids.ts';
import { NotRecordedSpan } from './not-recorded-span.ts';
import { RecordedSpan } from './recorded-span.ts';
import { isSampled, type Sampler } from './sampler.ts';
import type { ScopeSpans } from './scope-spans.ts';
import type { SpanBatches } from './span-batches.ts';
import type { SpanLimits } from './span-limits.ts';
import type { StartedSpans } from './started-spans.ts';

/** What all tracers of a provider share. */
export interface TracerShared {
  readonly resource: Resource;
  readonly sampler: Sampler;
  readonly limits: SpanLimits;
  readonly batches: SpanBatches;
  readonly started: StartedSpans;
}

export interface Scope {
  readonly name: string;
  readonly version: string | undefined;
  readonly schemaUrl: string | undefined;
}

type Body = (span: Span) => unknown;

export class Tracer implements TracerApi {
  readonly instrumentationScope: Scope;
  readonly shared: TracerShared;
  private readonly spans: ScopeSpans;

  constructor(scope: Scope, shared: TracerShared) {
    this.instrumentationScope = scope;
    this.shared = shared;
    this.spans = shared.batches.scope(scope);
  }

  startSpan(name: string, options: SpanOptions = {}, ctx: Context = contextApi.active()): Span {
    if (isTracingSuppressed(ctx)) return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
    const { sampler } = this.shared;
    const above = options.root ? undefined : trace.getSpan(ctx);
    if (above instanceof NotRecordedSpan && sampler.followsParent) {
      return this.drop(above);
    }
    const parent = validContextOf(above);
    let traceId: string | undefined;
    if (sampler.followsParent && parent !== undefined) {
      if ((parent.traceFlags & TraceFlags.SAMPLED) === 0) return this.drop(parent);
      traceId = parent.traceId;
    } else {
      if (sampler.share === 0) return this.drop(parent);
      traceId = parent?.traceId ?? newTraceId();
      if (!isSampled(traceId, sampler.share)) {
        return this.drop(parent, parent ?? { ...INVALID_SPAN_CONTEXT, traceId });
      }
    }
    return new RecordedSpan(
      this,
      name,
      options.kind ?? SpanKind.INTERNAL,
      traceId,
      parent,
      newSpanId(),
      options.startTime,
      requestStoreOf(ctx),
    ).begin(options.attributes, options.links);
  }

  startActiveSpan<F extends Body>(name: string, run: F): ReturnType<F>;
  startActiveSpan<F extends Body>(name: string, options: SpanOptions, run: F): ReturnType<F>;
  startActiveSpan<F extends Body>(
    name: string,
    options: SpanOptions,
    ctx: Context,
    run: F,
  ): ReturnType<F>;
  startActiveSpan(
    name: string,
    ...rest: [Body] | [SpanOptions, Body] | [SpanOptions, Context, Body]
  ): unknown {
    const run = rest[rest.length - 1] as Body;
    const options = rest.length > 1 ? (rest[0] as SpanOptions) : undefined;
    const parent = (rest.length > 2 ? (rest[1] as Context) : undefined) ?? contextApi.active();
    const span = this.startSpan(name, options, parent);
    return contextApi.with(trace.setSpan(parent, span), run, undefined, span);
  }

  /** A span that nobody records, and the parent from which it takes its ids. */
  private drop(
    parent: NotRecordedSpan | SpanContext | undefined,
    ids: NotRecordedSpan | SpanContext | undefined = parent,
  ): NotRecordedSpan {
    const { started } = this.shared;
    if (parent === undefined) started.droppedRoots++;
    else if ('isRemote' in parent && parent.isRemote) started.droppedRemote++;
    else started.droppedLocal++;
    return new NotRecordedSpan(ids);
  }

  /** A span of this tracer has ended. */
  ended(span: RecordedSpan): void {
    this.shared.batches.add(this.spans, span);
  }
}

function validContextOf(span: Span | undefined): SpanContext | undefined {
  const context = span?.spanContext();
  if (context === undefined) return undefined;
  const isOurs = span instanceof RecordedSpan || span instanceof NotRecordedSpan;
  return isOurs || trace.isSpanContextValid(context) ? context : undefined;
}
