// Hot: every recorded span. Bench: span.bench.ts
import { type RequestStore, TENANT_ATTRIBUTE } from '@bellwether/meters/runtime';
import {
  type Attributes,
  diag,
  type Exception,
  type HrTime,
  type Link,
  type Span,
  type SpanContext,
  type SpanKind,
  type SpanStatus,
  SpanStatusCode,
  type TimeInput,
  TraceFlags,
  type TraceState,
} from '@opentelemetry/api';
import {
  addHrTimes,
  cleanAttributes,
  cleanSimpleAttributes,
  hrTime,
  hrTimeDuration,
  isTimeInput,
  isTimeInputHrTime,
  millisToHrTime,
} from '@opentelemetry/core';
import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
} from '@opentelemetry/semantic-conventions';
import { AttributeList } from './attribute-list.ts';
import type { Tracer } from './tracer.ts';

export interface SpanEvent {
  readonly name: string;
  readonly time: HrTime;
  readonly attributes?: Attributes;
  readonly droppedAttributesCount?: number;
}

export interface SpanLink {
  readonly context: SpanContext;
  readonly attributes?: Attributes;
  readonly droppedAttributesCount?: number;
}

const NONE: readonly never[] = [];
const TO_NANOS = 1e6;
const SECOND = 1e9;

/**
 * A span as upstream's SDK has it (`ReadableSpan`, `SpanImpl` of `@opentelemetry/sdk-trace`), which writes itself down as OTLP when
 * it ends. Fields are not `#private`, so that a Proxy around a span works as it does with upstream's.
 */
export class RecordedSpan implements Span {
  name: string;
  kind: SpanKind;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanContext: SpanContext | undefined;
  readonly list: AttributeList;
  status: SpanStatus;
  startSeconds: number;
  startNanos: number;
  endSeconds: number;
  endNanos: number;
  ended: boolean;
  droppedEventsCount: number;
  droppedLinksCount: number;
  private readonly tracer: Tracer;
  private readonly store: RequestStore | undefined;
  private readonly startedAt: number;
  /** The clock of the wall when the span started, where its start time was given; it lets times of `performance.now()` in. */
  private readonly wall: number | undefined;
  private context: SpanContext | undefined;
  private ownEvents: SpanEvent[] | undefined;
  private ownLinks: SpanLink[] | undefined;

  constructor(
    tracer: Tracer,
    name: string,
    kind: SpanKind,
    traceId: string,
    parent: SpanContext | undefined,
    spanId: string,
    startTime: TimeInput | undefined,
    store: RequestStore | undefined,
  ) {
    const now = Date.now();
    this.name = name;
    this.kind = kind;
    this.traceId = traceId;
    this.spanId = spanId;
    this.parentSpanContext = parent;
    this.list = new AttributeList();
    this.status = UNSET;
    this.endSeconds = 0;
    this.endNanos = 0;
    this.ended = false;
    this.droppedEventsCount = 0;
    this.droppedLinksCount = 0;
    this.tracer = tracer;
    this.store = store;
    this.context = undefined;
    this.ownEvents = undefined;
    this.ownLinks = undefined;
    this.startedAt = performance.now();
    if (startTime === undefined || startTime === null) {
      this.wall = undefined;
      this.startSeconds = Math.trunc(now / 1_000);
      this.startNanos = (now % 1_000) * TO_NANOS;
    } else {
      this.wall = now;
      this.startSeconds = 0;
      this.startNanos = 0;
      const [seconds, nanos] = this.timeOf(startTime);
      this.startSeconds = seconds;
      this.startNanos = nanos;
    }
  }

  spanContext(): SpanContext {
    this.context ??= {
      traceId: this.traceId,
      spanId: this.spanId,
      traceFlags: TraceFlags.SAMPLED,
      traceState: this.parentSpanContext?.traceState as TraceState,
    };
    return this.context;
  }

  setAttribute(key: string, value: unknown): this {
    if (this.ended) return this.refuse();
    const { limits } = this.tracer.shared;
    this.list.set(key, value, limits.attributeCountLimit, limits.attributeValueLengthLimit);
    return this;
  }

  setAttributes(attributes: Attributes): this {
    for (const key in attributes) {
      if (Object.hasOwn(attributes, key)) this.setAttribute(key, attributes[key]);
    }
    return this;
  }

  addEvent(name: string, attributesOrTime?: Attributes | TimeInput, time?: TimeInput): this {
    if (this.ended) return this.refuse();
    const { limits } = this.tracer.shared;
    if (limits.eventCountLimit === 0) {
      diag.warn('No events allowed.');
      this.droppedEventsCount++;
      return this;
    }
    this.ownEvents ??= [];
    if (this.ownEvents.length >= limits.eventCountLimit) {
      if (this.droppedEventsCount === 0) diag.debug('Dropping extra events.');
      this.ownEvents.shift();
      this.droppedEventsCount++;
    }
    const isTime = isTimeInput(attributesOrTime);
    const at = isTime && !isTimeInput(time) ? attributesOrTime : time;
    this.ownEvents.push({
      name,
      time: this.timeOf(at),
      ...cleanSimpleAttributes(isTime ? undefined : (attributesOrTime as Attributes), {
        attributeCountLimit: limits.attributePerEventCountLimit,
        attributeValueLengthLimit: limits.attributeValueLengthLimit,
      }),
    });
    return this;
  }

  addLink(link: Link): this {
    if (this.ended) return this.refuse();
    const { linkCountLimit } = this.tracer.shared.limits;
    if (linkCountLimit === 0) {
      this.droppedLinksCount++;
      return this;
    }
    this.ownLinks ??= [];
    if (this.ownLinks.length >= linkCountLimit) {
      if (this.droppedLinksCount === 0) diag.debug('Dropping extra links.');
      this.ownLinks.shift();
      this.droppedLinksCount++;
    }
    this.ownLinks.push(this.cleanLink(link));
    return this;
  }

  addLinks(links: Link[]): this {
    for (const link of links) this.addLink(link);
    return this;
  }

  setStatus(status: SpanStatus): this {
    if (this.ended) return this.refuse();
    const { code, message } = status;
    if (code === SpanStatusCode.UNSET || this.status.code === SpanStatusCode.OK) return this;
    const isError = code === SpanStatusCode.ERROR;
    if (isError && typeof message === 'string') {
      this.status = { code, message };
      return this;
    }
    this.status = { code };
    if (isError && message !== undefined && message !== null) {
      diag.warn(`Dropping invalid status.message of type '${typeof message}', expected 'string'`);
    }
    return this;
  }

  updateName(name: string): this {
    if (this.ended) return this.refuse();
    this.name = name;
    return this;
  }

  end(endTime?: TimeInput): void {
    if (this.ended) {
      this.refuse();
      diag.error(
        `${this.name} ${this.traceId}-${this.spanId} - You can only call end() on a span once.`,
      );
      return;
    }
    if (endTime === undefined && this.wall === undefined) this.endNow();
    else this.endAt(this.timeOf(endTime));
    if (this.droppedEventsCount > 0) {
      diag.warn(`Dropped ${this.droppedEventsCount} events because eventCountLimit reached`);
    }
    if (this.droppedLinksCount > 0) {
      diag.warn(`Dropped ${this.droppedLinksCount} links because linkCountLimit reached`);
    }
    // The tenant is often named after the span began: what counts is the tenant when the span ends.
    const tenant = this.store?.tenant;
    if (tenant !== undefined) this.setAttribute(TENANT_ATTRIBUTE, tenant.id);
    this.ended = true;
    this.tracer.ended(this);
  }

  isRecording(): boolean {
    return !this.ended;
  }

  recordException(exception: Exception, time?: TimeInput): void {
    const attributes: Attributes = {};
    if (typeof exception === 'string') {
      attributes[ATTR_EXCEPTION_MESSAGE] = exception;
    } else if (exception) {
      if (exception.code) attributes[ATTR_EXCEPTION_TYPE] = exception.code.toString();
      else if (exception.name) attributes[ATTR_EXCEPTION_TYPE] = exception.name;
      if (exception.message) attributes[ATTR_EXCEPTION_MESSAGE] = exception.message;
      if (exception.stack) attributes[ATTR_EXCEPTION_STACKTRACE] = exception.stack;
    }
    if (attributes[ATTR_EXCEPTION_TYPE] || attributes[ATTR_EXCEPTION_MESSAGE]) {
      this.addEvent('exception', attributes, time);
    } else {
      diag.warn(`Failed to record an exception ${exception}`);
    }
  }

  /** What the span starts with, before anybody else sees it. */
  begin(attributes: Attributes | undefined, links: readonly Link[] | undefined): this {
    const { limits, started } = this.tracer.shared;
    const parent = this.parentSpanContext;
    if (parent === undefined) started.sampledRoots++;
    else if (parent.isRemote) started.sampledRemote++;
    else started.sampledLocal++;
    if (links !== undefined && links.length > 0) {
      const kept = links.map((link) => this.cleanLink(link));
      this.droppedLinksCount = Math.max(0, kept.length - limits.linkCountLimit);
      this.ownLinks = this.droppedLinksCount > 0 ? kept.slice(this.droppedLinksCount) : kept;
    }
    this.list.start(attributes, limits.attributeCountLimit, limits.attributeValueLengthLimit);
    const tenant = this.store?.tenant;
    if (tenant !== undefined) this.setAttribute(TENANT_ATTRIBUTE, tenant.id);
    return this;
  }

  get attributes(): Attributes {
    return this.list.toObject();
  }

  get droppedAttributesCount(): number {
    return this.list.dropped;
  }

  get events(): readonly SpanEvent[] {
    return this.ownEvents ?? NONE;
  }

  get links(): readonly SpanLink[] {
    return this.ownLinks ?? NONE;
  }

  get startTime(): HrTime {
    return [this.startSeconds, this.startNanos];
  }

  get endTime(): HrTime {
    return [this.endSeconds, this.endNanos];
  }

  get duration(): HrTime {
    return this.ended ? hrTimeDuration(this.startTime, this.endTime) : [-1, -1];
  }

  get resource() {
    return this.tracer.shared.resource;
  }

  get instrumentationScope() {
    return this.tracer.instrumentationScope;
  }

  private endNow(): void {
    const passed = performance.now() - this.startedAt;
    const seconds = Math.trunc(passed / 1_000);
    const nanos = this.startNanos + Math.round((passed % 1_000) * TO_NANOS);
    const carry = nanos >= SECOND ? 1 : 0;
    this.endSeconds = this.startSeconds + seconds + carry;
    this.endNanos = nanos - carry * SECOND;
  }

  private endAt(time: HrTime): void {
    let [seconds, nanos] = time;
    if (hrTimeDuration(this.startTime, time)[0] < 0) {
      diag.warn(
        'Inconsistent start and end time, startTime > endTime. Setting span duration to 0ms.',
        this.startTime,
        time,
      );
      seconds = this.startSeconds;
      nanos = this.startNanos;
    }
    this.endSeconds = seconds;
    this.endNanos = nanos;
  }

  private timeOf(input: TimeInput | undefined): HrTime {
    if (typeof input === 'number') {
      if (input > performance.now()) return millisToHrTime(input);
      const wall = this.wall ?? this.startSeconds * 1_000 + this.startNanos / TO_NANOS;
      return hrTime(input + wall - (this.startedAt + performance.timeOrigin));
    }
    if (input instanceof Date) return millisToHrTime(input.getTime());
    if (isTimeInputHrTime(input)) return input;
    if (this.wall !== undefined) return millisToHrTime(Date.now());
    return addHrTimes(this.startTime, millisToHrTime(performance.now() - this.startedAt));
  }

  private cleanLink(link: Link): SpanLink {
    const { limits } = this.tracer.shared;
    return {
      context: link.context,
      ...cleanAttributes(link.attributes, {
        attributeCountLimit: limits.attributePerLinkCountLimit,
        attributeValueLengthLimit: limits.attributeValueLengthLimit,
      }),
    };
  }

  private refuse(): this {
    const words = `on ended Span {traceId: ${this.traceId}, spanId: ${this.spanId}}`;
    diag.warn(`Cannot execute the operation ${words}`, new Error(`Operation attempted ${words}`));
    return this;
  }
}

const UNSET: SpanStatus = Object.freeze({ code: SpanStatusCode.UNSET });
