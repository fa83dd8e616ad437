import type { CliErrorCode } from '../cli-error.ts';
import type { PortName } from './ports.ts';
import type { ServiceName } from './service-names.ts';
import type { StackSettings } from './stack-settings.ts';
import type { ServiceState } from './state-file.ts';

/** One step of a start. Steps with the same `name` are the same step, further on. */
export interface StackProgress {
  /** `prepare prometheus`, `start prometheus`. */
  readonly step: string;
  readonly state: 'running' | 'done' | 'skipped' | 'failed';
  /** The step in one line, with what it is doing now. */
  readonly message: string;
  /** Seconds since the step began. */
  readonly seconds: number;
}

export interface StartRequest {
  readonly type: 'start';
  readonly dataDir: string;
  readonly ports: Readonly<Partial<Record<PortName, number>>>;
  readonly services: readonly ServiceName[];
  readonly settings: StackSettings;
}

/** Stops one server of a stack that runs, or starts it again. Answered by `service-done` with the same id. */
export interface ServiceRequest {
  readonly type: 'stop-service' | 'start-service';
  readonly id: number;
  readonly service: ServiceName;
  readonly signal?: NodeJS.Signals;
}

export type ToSupervisor =
  | StartRequest
  | ServiceRequest
  | { readonly type: 'detach' }
  | { readonly type: 'stop' };

export type FromSupervisor =
  | { readonly type: 'listening' }
  | { readonly type: 'progress'; readonly progress: StackProgress }
  | { readonly type: 'ready'; readonly ports: StartRequest['ports'] }
  | { readonly type: 'failed'; readonly code: CliErrorCode; readonly message: string }
  | { readonly type: 'exited'; readonly service: ServiceState }
  | {
      readonly type: 'service-done';
      readonly id: number;
      readonly failure?: { readonly code: CliErrorCode; readonly message: string };
    };
