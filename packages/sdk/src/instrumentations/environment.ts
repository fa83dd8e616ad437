import type { Tracer } from '@opentelemetry/api';
import type { SdkConfig } from '../config/sdk-config.ts';
import type { OnModuleLoad } from '../modules/on-module-load.ts';
import type { HttpCapture } from './http-capture.ts';

/** What an instrumentation of ours gets from the SDK, and all that it may use of it. */
export interface InstrumentationEnvironment {
  readonly config: Readonly<SdkConfig>;

  /** What spans of HTTP may say. */
  readonly capture: HttpCapture;

  /** A real tracer of the running SDK. */
  tracer(scope: string): Tracer;

  /**
   * Calls `patch` once per real module of the library, whether the application comes by `require` or `import`.
   * Register while the SDK starts, in the call of `instrumentX(env)` itself.
   */
  readonly onModuleLoad: OnModuleLoad;
}

/** Takes back what an instrumentation has done. */
export type Undo = () => void;
