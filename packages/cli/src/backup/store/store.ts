import type { Readable } from 'node:stream';

/** One backup where it is kept. */
export interface StoredBackup {
  readonly name: string;
  readonly at: Date;
  /** Bytes. */
  readonly size: number;
}

/** Where backups are kept: a folder, or a bucket. */
export interface Store {
  /** For people: holds no secret. */
  readonly shown: string;
  /** Newest first. What is not a backup of ours, half-written ones too, is not in it. */
  list(): Promise<readonly StoredBackup[]>;
  /**
   * Keeps the bytes under this name, after `check` has read them back and found them well; until then nobody sees a backup of that name.
   * Returns their number. Throws ERR_BACKUP_STORE, and leaves nothing behind then.
   */
  write(
    name: string,
    bytes: Readable,
    check: (readBack: () => Promise<Readable>) => Promise<void>,
  ): Promise<number>;
  read(name: string): Promise<Readable>;
  remove(name: string): Promise<void>;
  /** Nobody else writes backups there until the returned function is called. Throws ERR_BACKUP_RUNNING. */
  claim(): Promise<() => void>;
}
