import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** All that decides the bytes of a binary. */
export interface BuildInput {
  /** Module folder: go.mod, go.sum and the Go sources in it count. */
  readonly folder: string;
  readonly package: string;
  readonly flags: readonly string[];
  /** The answer of `go version`, which names the platform too. */
  readonly goVersion: string;
}

/** A hash of everything that decides the binary: the same key, the same bytes. */
export function cacheKey(input: BuildInput): string {
  const hash = createHash('sha256');
  const add = (name: string, content: string | Buffer) =>
    hash.update(`${name}\0${content.length}\0`).update(content);
  for (const name of readdirSync(input.folder).filter(isSource).sort()) {
    add(name, readFileSync(join(input.folder, name)));
  }
  add('package', input.package);
  add('flags', input.flags.join('\0'));
  add('go', input.goVersion);
  return hash.digest('hex').slice(0, 20);
}

const isSource = (name: string) => name === 'go.mod' || name === 'go.sum' || name.endsWith('.go');
