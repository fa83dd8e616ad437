import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import { draftInstrument } from './draft-instrument.ts';
import { findMetrics } from './find-metrics.ts';
import { findUses } from './find-uses.ts';
import type { Draft } from './render-draft.ts';
import { readSources } from './sources.ts';

export interface MigrateOptions {
  readonly cwd: string;
  /** Relative to `cwd`, or absolute. */
  readonly files: readonly string[];
  /** Labels that name the tenant, besides the usual ones. */
  readonly tenantLabels: readonly string[];
  /** Default: the name of the package around the first file. */
  readonly scope?: string;
}

const TENANT_LABELS = ['tenant', 'tenant_id', 'tenantid', 'tenant_name', 'tenantname'];

/**
 * A catalog from the metrics of prom-client that files make. The files are parsed, not run.
 * Throws ERR_MIGRATE_FILE for a file that is not there.
 */
export function migrate({ cwd, files, tenantLabels, scope }: MigrateOptions): Draft {
  const paths = files.map((file) => resolve(cwd, file));
  for (const path of paths) {
    if (!existsSync(path) || !statSync(path).isFile())
      throw new CliError(
        'ERR_MIGRATE_FILE',
        `Expected ${relative(cwd, path) || path} to be a file, got none of that name; give the files that make the metrics.`,
      );
  }
  const sources = readSources(paths);
  const found = findMetrics(sources);
  const shown = <T extends { readonly file: string }>(each: T): T => ({
    ...each,
    file: relative(cwd, each.file),
  });
  const metrics = found.metrics.map(shown);
  const usesOf = findUses(sources, metrics);
  const tenants = new Set([...TENANT_LABELS, ...tenantLabels.map((each) => each.toLowerCase())]);
  const keys = new Set<string>();
  return {
    scope: scope ?? scopeOf(paths[0] as string),
    files: paths.map((path) => relative(cwd, path)),
    instruments: metrics.map((each) => draftInstrument(each, usesOf(each), tenants, keys)),
    unread: found.unread.map(shown),
  };
}

/** The name of the nearest package, without its owner. */
function scopeOf(path: string): string {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      const { name } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly name?: unknown };
      if (typeof name === 'string' && name !== '') return name.replace(/^@[^/]+\//, '');
    }
    if (dirname(folder) === folder) return basename(path).replace(/\.\w+$/, '');
  }
}
