import { readFileSync, type Stats, statSync } from 'node:fs';
import { diag } from '@opentelemetry/api';

/** Whether a file has changed is asked at most so often. */
const LOOK_EVERY_MS = 1_000;

/** Any user of the machine may read it. */
const READABLE_BY_ALL = 0o004;

export interface WatchedFileOptions {
  /** The variable that names the file, for what is said about it. */
  readonly variable: string;
  readonly path: string;
  /** Whether a file that every user of the machine may read is worth a word. */
  readonly isSecret: boolean;
}

/**
 * A file that is replaced while the process runs: a token, a certificate. It is read again when it has changed, which is noticed when somebody asks. One
 * that is gone, or empty while it is written, leaves what was read before in force.
 */
export class WatchedFile {
  readonly #options: WatchedFileOptions;
  #content: string | undefined;
  /** Of what was read; the content of a secret that is mounted changes with the file behind a link. */
  #identity = '';
  #lookedAt = Number.NEGATIVE_INFINITY;
  #version = 0;

  constructor(options: WatchedFileOptions) {
    this.#options = options;
  }

  /** Counts what was read. */
  get version(): number {
    this.#look();
    return this.#version;
  }

  /** `undefined` until it could be read. */
  get content(): string | undefined {
    this.#look();
    return this.#content;
  }

  #look(): void {
    const now = performance.now();
    if (now - this.#lookedAt < LOOK_EVERY_MS) return;
    this.#lookedAt = now;
    const { variable, path } = this.#options;
    try {
      const stats = statSync(path);
      const identity = `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
      if (identity === this.#identity) return;
      const text = readFileSync(path, 'utf8');
      if (text.trim() === '') throw Object.assign(new Error(), { code: 'it is empty' });
      this.#identity = identity;
      if (text === this.#content) return;
      this.#content = text;
      this.#version++;
      this.#warnOfMode(stats);
    } catch (error) {
      const { code = 'it can not be read' } = error as NodeJS.ErrnoException;
      const instead = this.#content === undefined ? 'exports go without it' : 'the last one stays';
      diag.error(
        `Expected ${variable} to be a file that can be read, got ${JSON.stringify(path)} (${code}); ${instead} until it is mended. [ERR_OTLP_FILE]`,
      );
    }
  }

  #warnOfMode({ mode }: Stats): void {
    if (!this.#options.isSecret || process.platform === 'win32' || !(mode & READABLE_BY_ALL)) {
      return;
    }
    diag.warn(
      `Expected ${this.#options.variable} to be readable by this user alone, got mode ${(mode & 0o777).toString(8)}; it is used, chmod 600 ${JSON.stringify(this.#options.path)} mends it. [ERR_OTLP_FILE_MODE]`,
    );
  }
}
