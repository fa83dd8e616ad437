import type { Undo } from '../instrumentations/environment.ts';
import type { OtlpRequest } from './outbox.ts';

/** The running providers behind OpenTelemetry's globals. */
export interface Telemetry {
  /** Hands everything that was recorded to the network. Takes as long as the Collector does: give it a deadline. `last`: the process ends. */
  forceFlush(options?: { readonly last: boolean }): Promise<void>;
  /** Calls back before each collection, which waits for it; for what has to be read to be known. */
  beforeCollect(observe: () => Promise<void>): Undo;
  /** Where `/metrics` is served. */
  readonly metricsUrls: readonly string[];
  /** What would be lost if the process ended now. */
  lastRequests(): OtlpRequest[];
  /** Flushes, stops the readers and frees the globals. */
  shutdown(): Promise<void>;
  /** Whether an export that goes on after the deadline keeps the process alive: upstream's exporters do. */
  readonly mayHoldProcess: boolean;
}
