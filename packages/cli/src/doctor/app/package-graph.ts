import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Manifest, readManifest } from './manifest.ts';

/** A package where Node.js finds it. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** Links resolved: two paths to one copy are one package. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** The first that asks for it, by name. */
  readonly neededBy: string;
}

/** What an application can load, each copy once. */
export interface PackageGraph {
  readonly packages: readonly InstalledPackage[];
  /** False: there were more than anybody installs, and the rest was not looked at. */
  readonly complete: boolean;
  copiesOf(name: string): readonly InstalledPackage[];
  /** The copy that code in this folder gets. */
  resolve(name: string, from: string): InstalledPackage | undefined;
}

const MOST = 20_000;

/**
 * Follows the dependencies of an application as Node.js resolves them: a copy elsewhere in a workspace that the application can't
 * reach is not in it. Development dependencies are left out.
 */
export function packageGraph(folder: string, manifest: Manifest): PackageGraph {
  const byFolder = new Map<string, InstalledPackage>();
  const waiting: { readonly folder: string; readonly manifest: Manifest; readonly name: string }[] =
    [{ folder, manifest, name: manifest.name ?? 'the application' }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const name of dependenciesOf(next.manifest)) {
      const place = find(name, next.folder);
      if (place === undefined || byFolder.has(place)) continue;
      if (byFolder.size >= MOST) break;
      const found = readManifest(place) ?? {};
      const { version = 'unknown' } = found;
      byFolder.set(place, { name, version, folder: place, manifest: found, neededBy: next.name });
      waiting.push({ folder: place, manifest: found, name });
    }
  }
  const packages = [...byFolder.values()];
  return {
    packages,
    complete: packages.length < MOST,
    copiesOf: (name) => packages.filter((one) => one.name === name),
    resolve: (name, from) => byFolder.get(find(name, from) ?? ''),
  };
}

const dependenciesOf = ({ dependencies, optionalDependencies, peerDependencies }: Manifest) =>
  new Set(
    [dependencies, optionalDependencies, peerDependencies].flatMap((map) => Object.keys(map ?? {})),
  );

/** https://nodejs.org/api/modules.html#loading-from-node_modules-folders */
function find(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (basename(folder) !== 'node_modules') {
      const candidate = join(folder, 'node_modules', name);
      if (readManifest(candidate) !== undefined) return realpathSync(candidate);
    }
    if (dirname(folder) === folder) return undefined;
  }
}
