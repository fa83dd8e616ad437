import type { PartName } from '../archive/manifest.ts';

/** Something that can be saved. */
export interface PartSource {
  readonly name: PartName;
  /** For people: holds no secret. */
  readonly from: string;
  /** Asks whether it could be saved now, and says of which server. Changes nothing. Throws a `CliError` that says what is missing. */
  check(): Promise<string>;
  /** Saves into the folder `work`, which is empty, or names files that are elsewhere. Where `signal` aborts, what takes long ends with an error. */
  save(work: string, signal?: AbortSignal): Promise<SavedPart>;
}

export interface SavedPart {
  /** `Prometheus 3.15.0` */
  readonly server: string;
  readonly files: readonly SavedFile[];
  /** What a person should know about it. */
  readonly notes?: readonly string[];
  /** Called when the files have been read, or will not be. */
  release?(): Promise<void>;
}

export interface SavedFile {
  /** Seen from the part, with forward slashes. */
  readonly path: string;
  readonly file: string;
}
