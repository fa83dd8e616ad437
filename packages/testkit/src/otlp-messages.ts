/** OTLP requests as `decodeOtlp` gives them, whichever of the two encodings they came in. */

export interface WireValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: bigint;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values: readonly WireValue[] };
  readonly kvlistValue?: { readonly values: readonly WireAttribute[] };
  readonly bytesValue?: Uint8Array;
}
export interface WireAttribute {
  readonly key: string;
  readonly value: WireValue | null;
}
export interface WireScope {
  readonly name: string;
  readonly version: string;
}
interface WireResource {
  readonly resource: { readonly attributes: readonly WireAttribute[] } | null;
}

interface WirePoint {
  readonly attributes: readonly WireAttribute[];
  readonly startTimeUnixNano: bigint;
  readonly timeUnixNano: bigint;
  /** 1: nothing was recorded, the series ends. */
  readonly flags?: number;
}
export interface WireNumberPoint extends WirePoint {
  readonly asDouble?: number;
  readonly asInt?: bigint;
}
interface WireDistribution extends WirePoint {
  readonly count: bigint;
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
}
export interface WireHistogramPoint extends WireDistribution {
  readonly bucketCounts: readonly bigint[];
  readonly explicitBounds: readonly number[];
}
export interface WireBuckets {
  readonly offset: number;
  readonly bucketCounts: readonly bigint[];
}
export interface WireExponentialPoint extends WireDistribution {
  readonly scale: number;
  readonly zeroCount: bigint;
  readonly positive: WireBuckets | null;
  readonly negative: WireBuckets | null;
}
export interface WireSummaryPoint extends WireDistribution {
  readonly quantileValues: readonly { readonly quantile: number; readonly value: number }[];
}
export interface WireMetric {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly gauge?: { readonly dataPoints: readonly WireNumberPoint[] };
  readonly sum?: {
    readonly dataPoints: readonly WireNumberPoint[];
    readonly aggregationTemporality: number;
    readonly isMonotonic: boolean;
  };
  readonly histogram?: {
    readonly dataPoints: readonly WireHistogramPoint[];
    readonly aggregationTemporality: number;
  };
  readonly exponentialHistogram?: {
    readonly dataPoints: readonly WireExponentialPoint[];
    readonly aggregationTemporality: number;
  };
  readonly summary?: { readonly dataPoints: readonly WireSummaryPoint[] };
}
export interface WireMetrics {
  readonly resourceMetrics: readonly (WireResource & {
    readonly scopeMetrics: readonly {
      readonly scope: WireScope | null;
      readonly metrics: readonly WireMetric[];
    }[];
  })[];
}

export interface WireSpan {
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly parentSpanId: Uint8Array;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: bigint;
  readonly endTimeUnixNano: bigint;
  readonly attributes: readonly WireAttribute[];
  readonly events: readonly {
    readonly name: string;
    readonly timeUnixNano: bigint;
    readonly attributes: readonly WireAttribute[];
  }[];
  readonly links: readonly {
    readonly traceId: Uint8Array;
    readonly spanId: Uint8Array;
    readonly attributes: readonly WireAttribute[];
  }[];
  readonly status: { readonly message: string; readonly code: number } | null;
}
export interface WireTraces {
  readonly resourceSpans: readonly (WireResource & {
    readonly scopeSpans: readonly {
      readonly scope: WireScope | null;
      readonly spans: readonly WireSpan[];
    }[];
  })[];
}

export interface WireLogRecord {
  readonly timeUnixNano: bigint;
  readonly observedTimeUnixNano: bigint;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: WireValue | null;
  readonly attributes: readonly WireAttribute[];
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly eventName: string;
}
export interface WireLogs {
  readonly resourceLogs: readonly (WireResource & {
    readonly scopeLogs: readonly {
      readonly scope: WireScope | null;
      readonly logRecords: readonly WireLogRecord[];
    }[];
  })[];
}

export type Signal = 'metrics' | 'traces' | 'logs';

export interface WireRequest {
  readonly metrics: WireMetrics;
  readonly traces: WireTraces;
  readonly logs: WireLogs;
}
