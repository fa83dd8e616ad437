import type { ArchivedPart, PartName } from '../archive/manifest.ts';

/** Somewhere that a part can be restored into. */
export interface RestoreTarget {
  readonly name: PartName;
  /** For people: holds no secret. */
  readonly into: string;
  /**
   * Says what would be done. Throws ERR_RESTORE_TARGET where data would be lost, unless `force`, and where it cannot be done at all.
   * Changes nothing.
   */
  check(force: boolean, part: ArchivedPart): Promise<string>;
  /** Where its files are unpacked: on the file system that they are to be on. Default: the folder for all work. */
  readonly staging?: string;
  /** Puts the files in `staged` in place, all or nothing, and says what was done. They have been checked. */
  apply(staged: string): Promise<string>;
}
