import type { Encoding, Signal } from '../export/otlp-http-options.ts';
import { component } from './component.ts';
import { sdkMeters } from './sdk-meters.ts';

/** The `error.type` of what can not be written down, whatever was thrown. */
export const NOT_SERIALIZABLE = 'not_serializable';

/** How an export ended, after its last attempt. */
export interface ExportEnd {
  /** Undefined when the Collector took it. */
  readonly errorType?: string | undefined;
  /** The last answer, if there was one. */
  readonly httpStatus?: number | undefined;
  /** How many of the items the Collector refused of a request that it took. */
  readonly rejected?: number;
}

const signals = {
  TRACES: { inflight: sdkMeters.spansInflight, exported: sdkMeters.spansExported, name: 'span' },
  METRICS: {
    inflight: sdkMeters.pointsInflight,
    exported: sdkMeters.pointsExported,
    name: 'metric',
  },
  LOGS: { inflight: sdkMeters.logsInflight, exported: sdkMeters.logsExported, name: 'log' },
} as const;

/**
 * What becomes of the items of one exporter: each is counted once, when its export has ended.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/#metric-otelsdkexporterspanexported
 */
export class ExporterMetrics {
  readonly #meters: (typeof signals)[Signal];
  readonly #attributes: ReturnType<typeof attributesOf>;

  constructor(signal: Signal, encoding: Encoding, url: string) {
    this.#meters = signals[signal];
    const protocol = encoding === 'http/json' ? 'otlp_http_json' : 'otlp_http';
    this.#attributes = attributesOf(`${protocol}_${this.#meters.name}_exporter`, url);
    // Begun at zero: the first ones would be lost to `increase()`.
    this.#meters.inflight.add(0, this.#attributes);
    this.#meters.exported.add(0, this.#attributes);
  }

  /** So many items are on their way; call what it returns when they are no longer. */
  begin(items: number): (end: ExportEnd) => void {
    const startedAt = performance.now();
    this.#meters.inflight.add(items, this.#attributes);
    return ({ errorType, httpStatus, rejected = 0 }) => {
      this.#meters.inflight.add(-items, this.#attributes);
      const refused = Math.min(rejected, items);
      const cause = refused > 0 ? 'rejected' : errorType;
      if (cause !== undefined) this.fail(errorType === undefined ? refused : items, cause);
      if (errorType === undefined) this.#meters.exported.add(items - refused, this.#attributes);
      sdkMeters.exportDuration.record((performance.now() - startedAt) / 1_000, {
        ...this.#attributes,
        'error.type': cause,
        'http.response.status_code': httpStatus,
      });
    };
  }

  /** So many items failed without a request. */
  fail(items: number, errorType: string): void {
    this.#meters.exported.add(items, { ...this.#attributes, 'error.type': errorType });
  }
}

function attributesOf(type: string, url: string) {
  const { hostname, port, protocol } = new URL(url);
  return {
    ...component(type),
    'server.address': hostname.replace(/^\[|\]$/g, ''),
    'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
  } as const;
}
