import { createRequire, register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { addHook } from 'import-in-the-middle';
import { viewOfImported, viewOfRequired } from './exports-view.ts';
import { onFirstResolve } from './first-resolve.ts';
import { hasGoodSyncHooks } from './good-sync-hooks.ts';
import { LoadedModules } from './loaded-modules.ts';
import type { LibraryTarget, Patch } from './on-module-load.ts';
import { packageManifest } from './package-manifest.ts';
import { packageOfFile } from './package-of-file.ts';

const loaded = new LoadedModules();
const waiting = new Map<string, () => void>();
const used = new Set<string>();
const required: string[] = [];
const imported: (string | RegExp)[] = [];
const targets: LibraryTarget[] = [];
const aliased = new Map<string, string>();
let installed = false;

/** Registers a patch for a library; call before `installModuleHooks`. The result takes it out again. */
export function onModuleLoad(library: LibraryTarget, patch: Patch): () => void {
  if (!required.includes(library.name)) required.push(library.name);
  watchImport(library);
  targets.push(library);
  for (const [alias, name] of aliased) watchAlias(alias, name);
  return loaded.register(library, patch);
}

/** Calls back when the application first resolves a library that it may never load; now, if it did so before. */
export function onFirstUse(libraries: readonly string[], callback: () => void): void {
  let called = false;
  const once = () => {
    if (called) return;
    called = true;
    callback();
  };
  for (const name of libraries) {
    watchImport({ name });
    waiting.set(name, () => {
      used.add(name);
      once();
    });
    if (used.has(name)) once();
  }
}

function watchImport({ name, file }: LibraryTarget): void {
  const entry =
    file === undefined ? name : new RegExp(`/node_modules/${escapeRegExp(`${name}/${file}`)}$`);
  if (!imported.some((known) => String(known) === String(entry))) imported.push(entry);
}

/** Both hooks hold our lists and see what is added before the module is loaded. */
function watchAlias(alias: string, name: string): void {
  const meant = targets.filter((target) => target.name === name);
  if (meant.length === 0) return;
  aliased.set(alias, name);
  if (!required.includes(alias)) required.push(alias);
  for (const { file } of meant)
    watchImport(file === undefined ? { name: alias } : { name: alias, file });
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Hooks `require` and `import`, once per thread.
 *
 * In-thread hooks where Node.js has them in good order, else a loader thread; `module.register` returns when that
 * thread has the list. What the list does not name is never wrapped.
 */
export async function installModuleHooks(): Promise<void> {
  if (installed) return;
  installed = true;
  addHook(onImported);
  const { Hook } = createRequire(import.meta.url)('require-in-the-middle') as RequireInTheMiddle;
  new Hook(required, { internals: true }, onRequired);
  // Before the others, whose question where a module is then goes through this one: aliases are known when they decide.
  onFirstResolve(waiting, watchAlias);
  if (hasGoodSyncHooks(process.versions.node)) {
    const hooks = await import('import-in-the-middle/register-hooks.mjs');
    hooks.register({ include: imported });
  } else {
    register('import-in-the-middle/hook.mjs', import.meta.url, { data: { include: imported } });
  }
}

interface RequireInTheMiddle {
  readonly Hook: new (
    modules: string[],
    options: { internals: boolean },
    onRequire: (exports: unknown, name: string, directory: string | undefined) => unknown,
  ) => unknown;
}

function onRequired(exports: unknown, name: string, directory: string | undefined): unknown {
  const isEntry = required.includes(name);
  const owner = isEntry ? name : required.find((known) => name.startsWith(`${known}/`));
  const file = isEntry || owner === undefined ? undefined : name.slice(owner.length + 1);
  const real = aliased.get(owner ?? name) ?? owner ?? name;
  const view = viewOfRequired(exports, placeOf(directory, real, file));
  const version =
    directory === undefined ? process.versions.node : packageManifest(directory).version;
  loaded.add({ name: real, file, version, ...view });
  return view.value();
}

function onImported(
  url: string,
  namespace: Record<string, unknown>,
  specifier?: string,
  format?: string,
): void {
  if (url.startsWith('node:')) {
    const name = url.slice(5);
    const view = viewOfImported(namespace, 'builtin', name);
    loaded.add({ name, file: undefined, version: process.versions.node, ...view });
    return;
  }
  if (!url.startsWith('file:')) return;
  const owner = packageOfFile(fileURLToPath(url));
  const isEntry = specifier !== undefined && required.includes(specifier);
  const reached = isEntry ? specifier : owner?.name;
  if (reached === undefined) return;
  const name = aliased.get(reached) ?? reached;
  const file = isEntry ? undefined : owner?.file;
  const place = placeOf(owner?.directory, name, file);
  const version = owner === undefined ? undefined : packageManifest(owner.directory).version;
  loaded.add({ name, file, version, ...viewOfImported(namespace, format, place) });
}

function placeOf(directory = '', name: string, file: string | undefined): string {
  return `${directory}|${file === undefined ? name : `${name}/${file}`}`;
}
