import { CliError } from '../../cli-error.ts';

/** What a backup can hold, in the order in which it is restored. */
export const PART_NAMES = ['postgres', 'prometheus', 'grafana', 'alertmanager'] as const;
export type PartName = (typeof PART_NAMES)[number];

/** One file of an archive. */
export interface ArchivedFile {
  /** In the archive: `<part>/...`, with forward slashes. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
}

export interface ArchivedPart {
  readonly name: PartName;
  /** Whose data these are: `Prometheus 3.15.0`. */
  readonly server: string;
  readonly files: readonly ArchivedFile[];
}

/** The first entry of every archive. */
export interface Manifest {
  readonly format: 1;
  /** Of `@bellwether/cli`, which wrote it. */
  readonly version: string;
  /** When the backup began, ISO 8601. */
  readonly at: string;
  readonly parts: readonly ArchivedPart[];
}

/** No way out of the folder that it is unpacked into, and nothing that a file system could misread. */
const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/;

/** Throws ERR_BACKUP_ARCHIVE for anything that is not a manifest of ours. */
export function parseManifest(text: string): Manifest {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw notOurs('a manifest that is no JSON');
  }
  const { format, version, at, parts } = (found ?? {}) as Partial<Manifest>;
  if (format !== 1) {
    throw notOurs(`one of format ${String(format)}; take the bellwether that wrote it`);
  }
  if (typeof version !== 'string' || Number.isNaN(Date.parse(String(at)))) {
    throw notOurs('a manifest without version and time');
  }
  if (!Array.isArray(parts) || parts.length === 0 || !parts.every(isPart)) {
    throw notOurs('a manifest whose parts cannot be read');
  }
  const paths = parts.flatMap((part) => part.files.map(({ path }) => path));
  if (new Set(paths).size !== paths.length) throw notOurs('a manifest that names a file twice');
  return found as Manifest;
}

/** Bytes of a part, or of several. */
export const sizeOf = (...parts: readonly Pick<ArchivedPart, 'files'>[]): number =>
  parts.flatMap(({ files }) => files).reduce((sum, { size }) => sum + size, 0);

function isPart(value: unknown): value is ArchivedPart {
  const { name, server, files } = (value ?? {}) as Partial<ArchivedPart>;
  return (
    (PART_NAMES as readonly unknown[]).includes(name) &&
    typeof server === 'string' &&
    Array.isArray(files) &&
    files.every((file) => isFile(file, String(name)))
  );
}

function isFile(value: unknown, part: string): value is ArchivedFile {
  const { path, size, sha256 } = (value ?? {}) as Partial<ArchivedFile>;
  return (
    typeof path === 'string' &&
    path.startsWith(`${part}/`) &&
    path.split('/').every((segment) => SEGMENT.test(segment)) &&
    Number.isSafeInteger(size) &&
    Number(size) >= 0 &&
    /^[0-9a-f]{64}$/.test(String(sha256))
  );
}

function notOurs(got: string): CliError {
  return new CliError(
    'ERR_BACKUP_ARCHIVE',
    `Expected a backup of bellwether, got ${got}. Nothing was changed.`,
  );
}
