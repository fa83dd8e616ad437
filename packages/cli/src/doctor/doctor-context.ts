import type { App } from './app/read-app.ts';
import type { RunningProcess } from './app/running-process.ts';
import type { BoundedRequest } from './net/bounded-request.ts';
import type { Probe } from './probe.ts';

/** Variables of the application: those of the running process, else of this command. May hold secrets. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where an address comes from, for the sentence that names it. */
export interface Target {
  readonly url: string;
  readonly from: 'option' | 'variable' | 'stack' | 'default';
}

export interface Targets {
  /** Where metrics are posted: the whole address. `undefined` when it is not OTLP/HTTP. */
  readonly otlpMetrics: Target | undefined;
  /** The Collector's own metrics page. */
  readonly collectorMetrics: Target | undefined;
  readonly prometheus: Target;
  readonly alertmanager: Target | undefined;
  readonly grafana: Target | undefined;
}

/** How far the clock of a server is ahead of ours, from the `Date` of its answer. */
export interface ClockReading {
  readonly host: string;
  readonly aheadSeconds: number;
}

/** All that a check may look at. */
export interface DoctorContext {
  readonly env: Environment;
  /** `undefined`: there is no package.json at the place that was looked at. */
  readonly app: App | undefined;
  readonly running: RunningProcess | undefined;
  /** The Node.js that runs the application. */
  readonly nodeFile: string;
  readonly targets: Targets;
  /** Every question over the network goes through this. */
  readonly request: BoundedRequest;
  readonly clocks: readonly ClockReading[];
  readonly probe: Probe;
  /** How long the probe may take to arrive. */
  readonly deadlineMs: number;
  /** Folder of the rule files that Prometheus should have; `undefined` where there is none. */
  readonly rulesFolder: string | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  /** Tells a person what takes its time. */
  say(text: string): void;
}
