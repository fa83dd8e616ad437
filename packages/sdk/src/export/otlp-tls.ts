import type { Agent } from 'node:http';
import type { StandardSettings } from '../config/read-standard.ts';
import type { Signal } from './otlp-http-options.ts';
import { WatchedFile } from './watched-file.ts';

/** PEM texts, as `node:tls` takes them. */
export interface TlsTexts {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

const files = [
  { name: 'ca', variable: 'CERTIFICATE', isSecret: false },
  { name: 'cert', variable: 'CLIENT_CERTIFICATE', isSecret: false },
  { name: 'key', variable: 'CLIENT_KEY', isSecret: true },
] as const;

/**
 * The certificates of one signal, from the files that the standard variables name, read again when they are replaced.
 *
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/#configuration-options
 */
export class OtlpTls {
  readonly #files: readonly { readonly name: keyof TlsTexts; readonly file: WatchedFile }[];

  constructor(signal: Signal, settings: StandardSettings) {
    this.#files = files.flatMap(({ name, variable, isSecret }) => {
      const own = `OTEL_EXPORTER_OTLP_${signal}_${variable}`;
      const used = settings.has(own) ? own : `OTEL_EXPORTER_OTLP_${variable}`;
      const path = settings.get(used);
      if (path === undefined) return [];
      return [{ name, file: new WatchedFile({ variable: used, path, isSecret }) }];
    });
  }

  /** Another number when a file has changed. */
  get version(): number {
    return this.#files.reduce((sum, { file }) => sum + file.version, 0);
  }

  get texts(): TlsTexts {
    return Object.fromEntries(this.#files.map(({ name, file }) => [name, file.content]));
  }
}

/** Connections that are kept between exports, made anew when the certificates change. */
export class OtlpAgent {
  readonly #tls: OtlpTls;
  readonly #isSecure: boolean;
  #agent: Agent | undefined;
  #version = -1;

  constructor(url: URL, tls: OtlpTls) {
    this.#tls = tls;
    this.#isSecure = url.protocol === 'https:';
  }

  get(): Agent {
    const version = this.#isSecure ? this.#tls.version : 0;
    if (this.#agent !== undefined && version === this.#version) return this.#agent;
    if (this.#agent !== undefined) retire(this.#agent);
    const options = { keepAlive: true };
    const agent = this.#isSecure
      ? new (process.getBuiltinModule('node:https').Agent)({ ...options, ...this.#tls.texts })
      : new (process.getBuiltinModule('node:http').Agent)(options);
    this.#agent = agent;
    this.#version = version;
    return agent;
  }

  destroy(): void {
    this.#agent?.destroy();
    this.#agent = undefined;
  }
}

/** Closes what is idle now and the rest when it is. */
function retire(agent: Agent): void {
  agent.maxFreeSockets = 0;
  for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
}
