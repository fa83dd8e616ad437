import {
  BytesIEC,
  BytesPerSecondIEC,
  Celsius,
  CountsPerSecond,
  DateTimeFromNow,
  DurationSeconds,
  IOOpsPerSecond,
  NoUnit,
  OpsPerSecond,
  PercentUnit,
  RequestsPerSecond,
  Seconds,
  Short,
} from '@grafana/grafana-foundation-sdk/units';

/** Grafana's names of the units that we show; base units only, Grafana scales. */
export const unit = {
  /** A count of things. */
  count: Short,
  /** A number that must not be abbreviated, as a version or a code. */
  plain: NoUnit,
  /** A share from 0 to 1, shown as per cent. */
  ratio: PercentUnit,
  seconds: Seconds,
  /** A long time in seconds, shown in days and hours. */
  duration: DurationSeconds,
  bytes: BytesIEC,
  celsius: Celsius,
  bytesPerSecond: BytesPerSecondIEC,
  requestsPerSecond: RequestsPerSecond,
  operationsPerSecond: OpsPerSecond,
  countsPerSecond: CountsPerSecond,
  diskOperationsPerSecond: IOOpsPerSecond,
  /** A point of time in milliseconds since 1970. */
  fromNow: DateTimeFromNow,
} as const;

export type PanelUnit = (typeof unit)[keyof typeof unit];
