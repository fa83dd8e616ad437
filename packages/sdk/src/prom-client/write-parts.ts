// Hot: every series of the registries passes here at every export. Bench: packages/sdk/src/prom-client/prom-client.bench.ts
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MetricPart } from '../export/metric-sources.ts';
import { writeAttributes } from '../otlp/any-value.ts';
import { ByteWriter } from '../otlp/byte-writer.ts';
import { scopeBytes } from '../otlp/resource-bytes.ts';
import { beginLarge, endLarge } from '../otlp-metrics/metric-frame.ts';
import { writeTime } from '../otlp-metrics/point-template.ts';
import type { HistogramValue, SummaryValue } from './points.ts';
import type { FamilyKind } from './prom-name.ts';
import type { Series } from './series-history.ts';
import { type Family, type FamilyPoint, SCOPE, type Snapshot } from './snapshot.ts';

/** As many points as a request of ours has: whoever refuses it for one of them refuses few others. */
const MOST_POINTS = 2_000;
const LONGEST_PART = 262_144;

/** The field of a `Metric` with its points, and what follows them: cumulative, and only growing. */
const FRAMES: Readonly<Record<FamilyKind, { readonly tag: number; readonly tail: Uint8Array }>> = {
  gauge: { tag: 0x2a, tail: Uint8Array.of() },
  sum: { tag: 0x3a, tail: Uint8Array.of(0x10, 2) },
  counter: { tag: 0x3a, tail: Uint8Array.of(0x10, 2, 0x18, 1) },
  histogram: { tag: 0x4a, tail: Uint8Array.of(0x10, 2) },
  summary: { tag: 0x5a, tail: Uint8Array.of() },
};
const ATTRIBUTES: Readonly<Record<FamilyKind, number>> = {
  gauge: 0x3a,
  sum: 0x3a,
  counter: 0x3a,
  histogram: 0x4a,
  summary: 0x3a,
};
/** `flags`: nothing was recorded, which Prometheus takes for the end of the series. */
const GONE: Readonly<Record<FamilyKind, readonly [number, number]>> = {
  gauge: [0x40, 1],
  sum: [0x40, 1],
  counter: [0x40, 1],
  histogram: [0x50, 1],
  summary: [0x40, 1],
};

/** The snapshot as OTLP, in parts of at most about 2,000 points. */
export async function writeParts({ timeMs, families }: Snapshot): Promise<MetricPart[]> {
  const parts: MetricPart[] = [];
  let part = new PartWriter(timeMs);
  for (const family of families) {
    for (const point of pointsOf(family)) {
      if (part.isFull) {
        parts.push(part.end());
        await nextTurn();
        part = new PartWriter(timeMs);
      }
      part.add(family, point);
    }
  }
  if (part.points > 0) parts.push(part.end());
  return parts;
}

/** The points, then those that end a series. */
function* pointsOf({ points, gone }: Family): Generator<FamilyPoint | Series> {
  yield* points;
  yield* gone;
}

/** One `ScopeMetrics`. */
class PartWriter {
  points = 0;
  readonly #timeMs: number;
  readonly #writer = new ByteWriter(16_384);
  readonly #start: number;
  /** The metric that is being written: where it begins and where its data do. */
  #open: { readonly family: Family; readonly metric: number; readonly data: number } | undefined;

  constructor(timeMs: number) {
    this.#timeMs = timeMs;
    this.#writer.byte(0x12);
    this.#start = beginLarge(this.#writer);
    this.#writer.raw(scopeBytes(SCOPE));
  }

  get isFull(): boolean {
    return this.points >= MOST_POINTS || this.#writer.position >= LONGEST_PART;
  }

  add(family: Family, point: FamilyPoint | Series): void {
    if (this.#open?.family !== family) {
      this.#close();
      this.#begin(family);
    }
    const writer = this.#writer;
    writer.byte(0x0a);
    const start = writer.begin();
    if ('series' in point) writePoint(writer, family.kind, point, this.#timeMs);
    else writeGone(writer, family.kind, point, this.#timeMs);
    writer.end(start);
    this.points += 1;
  }

  end(): MetricPart {
    this.#close();
    endLarge(this.#writer, this.#start);
    return { fields: this.#writer.bytes.subarray(0, this.#writer.position), points: this.points };
  }

  #begin(family: Family): void {
    const writer = this.#writer;
    writer.byte(0x12);
    const metric = beginLarge(writer);
    writer.byte(0x0a);
    writer.string(family.name);
    if (family.help !== '') {
      writer.byte(0x12);
      writer.string(family.help);
    }
    writer.byte(FRAMES[family.kind].tag);
    this.#open = { family, metric, data: beginLarge(writer) };
  }

  #close(): void {
    if (this.#open === undefined) return;
    const { family, metric, data } = this.#open;
    this.#writer.raw(FRAMES[family.kind].tail);
    endLarge(this.#writer, data);
    endLarge(this.#writer, metric);
    this.#open = undefined;
  }
}

function writePoint(
  writer: ByteWriter,
  kind: FamilyKind,
  { series, value }: FamilyPoint,
  timeMs: number,
): void {
  if (kind !== 'gauge') {
    writer.byte(0x11);
    writeTime(writer, series.startMs);
  }
  writer.byte(0x19);
  writeTime(writer, timeMs);
  if (typeof value === 'number') {
    writer.byte(0x21);
    writer.double(value);
  } else if ('counts' in value) writeHistogram(writer, value);
  else writeSummary(writer, value);
  writer.raw(attributeBytes(series, ATTRIBUTES[kind]));
}

function writeGone(writer: ByteWriter, kind: FamilyKind, series: Series, timeMs: number): void {
  writer.byte(0x19);
  writeTime(writer, timeMs);
  // A histogram without a sum has no series of it that could end.
  if (kind === 'histogram') writeDouble(writer, 0x29, 0);
  for (const byte of GONE[kind]) writer.byte(byte);
  writer.raw(attributeBytes(series, ATTRIBUTES[kind]));
}

function writeHistogram(writer: ByteWriter, value: HistogramValue): void {
  const { boundaries, counts, count, sum } = value;
  writeCount(writer, count);
  writeDouble(writer, 0x29, sum);
  writer.byte(0x32);
  writer.varint(8 * counts.length);
  for (const each of counts) writer.fixed64(each >>> 0, Math.floor(each / 2 ** 32));
  if (boundaries.length === 0) return;
  writer.byte(0x3a);
  writer.varint(8 * boundaries.length);
  for (const boundary of boundaries) writer.double(boundary);
}

function writeSummary(writer: ByteWriter, { quantiles, count, sum }: SummaryValue): void {
  writeCount(writer, count);
  writeDouble(writer, 0x29, sum);
  for (const [quantile, value] of quantiles) {
    writer.byte(0x32);
    writer.byte(18);
    writeDouble(writer, 0x09, quantile);
    writeDouble(writer, 0x11, value);
  }
}

function writeCount(writer: ByteWriter, count: number): void {
  writer.byte(0x21);
  writer.fixed64(count >>> 0, Math.floor(count / 2 ** 32));
}

function writeDouble(writer: ByteWriter, tag: number, value: number): void {
  writer.byte(tag);
  writer.double(value);
}

function attributeBytes(series: Series, tag: number): Uint8Array {
  if (series.bytes === undefined) {
    const writer = new ByteWriter(256);
    writeAttributes(writer, tag, series.labels);
    series.bytes = writer.copy();
  }
  return series.bytes;
}
