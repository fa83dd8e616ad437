import { register } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommonJsHook } from './commonjs-hook.ts';
import { viewOfImported, viewOfRequired } from './exports-view.ts';
import { hasGoodSyncHooks } from './good-sync-hooks.ts';
import { addImportHook, hookImport, loaderUrl, type ResolveHook } from './import-hook.ts';
import { LoadedModules } from './loaded-modules.ts';
import type { LibraryTarget, Patch } from './on-module-load.ts';
import { onResolve, type ResolvedModule } from './on-resolve.ts';
import { packageManifest } from './package-manifest.ts';
import { packageOfFile } from './package-of-file.ts';
import { RequireHook } from './require-hook.ts';

const loaded = new LoadedModules();
const waiting = new Map<string, () => void>();
const used = new Set<string>();
const commonJs = new CommonJsHook();
const requires = new RequireHook();
const imported: (string | RegExp)[] = [];
const targets: LibraryTarget[] = [];
const builtinsSeen = new Set<string>();
const aliased = new Map<string, string>();
let installed = false;
let importHook: ResolveHook | undefined;
let mayHookImport = false;

/** Registers a patch for a library; call before `installModuleHooks`. The result takes it out again. */
export function onModuleLoad(library: LibraryTarget, patch: Patch): () => void {
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
      requires.firstUse();
      loadImportHook();
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

/** The hook on `import` holds our list and sees what is added before the module is loaded. */
function watchAlias(alias: string, name: string): void {
  const meant = targets.filter((target) => target.name === name);
  if (meant.length === 0) return;
  aliased.set(alias, name);
  for (const { file } of meant)
    watchImport(file === undefined ? { name: alias } : { name: alias, file });
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Hooks `require` and `import`, once per thread.
 *
 * What is CommonJS or built in needs nothing but a look at the places of modules. Only for the first ES module of the list, and for upstream's instrumentations,
 * import-in-the-middle is loaded: in-thread where Node.js has such hooks in good order; elsewhere as a loader thread, which must be there before
 * the application, and `module.register` returns when it has the list. What the list does not name is never wrapped.
 *
 * `now`: an instrumentation of upstream's runs already, so that its hook is needed before the first library.
 */
export function installModuleHooks({ now = false } = {}): void {
  if (installed) return;
  installed = true;
  commonJs.install();
  requires.install();
  onResolve({ waiting, onAlias: watchAlias, onResolved, hook: () => importHook });
  watchBuiltins();
  mayHookImport = hasGoodSyncHooks(process.versions.node);
  if (now) loadImportHook();
  if (mayHookImport) return;
  addImportHook(onImported);
  register(loaderUrl(), { data: { include: imported } });
}

function loadImportHook(): void {
  if (!mayHookImport || importHook !== undefined) return;
  addImportHook(onImported);
  importHook = hookImport(imported);
}

function onResolved(module: ResolvedModule): void {
  if (module.folder !== undefined) onPackageFile(module, module.folder);
  else if (module.url.startsWith('node:')) onBuiltin(module.url.slice(5));
}

/** Libraries that Node.js brings along can be had at any time, so they are patched before the application gets them. */
function onBuiltin(name: string): void {
  if (builtinsSeen.has(name) || !targets.some((target) => target.name === name)) return;
  builtinsSeen.add(name);
  const exports: unknown = process.getBuiltinModule(name);
  loaded.add({
    name,
    file: undefined,
    version: process.versions.node,
    ...viewOfRequired(exports, name),
  });
}

function watchBuiltins(): void {
  const original = process.getBuiltinModule;
  process.getBuiltinModule = function getObserved(this: unknown, id: string) {
    // What is no text is for Node.js to refuse.
    if (typeof id === 'string') onBuiltin(id.startsWith('node:') ? id.slice(5) : id);
    return Reflect.apply(original, this, [id]);
  } as typeof process.getBuiltinModule;
}

function onPackageFile(
  { specifier, url, format, parentUrl }: ResolvedModule,
  folder: string,
): void {
  const package_ = aliased.get(folder) ?? folder;
  const named = aliased.get(specifier) ?? specifier;
  const meant = targets.filter(({ name }) => name === package_ || name === named);
  if (meant.length === 0) return;
  const path = fileURLToPath(url);
  const owner = packageOfFile(path);
  if (owner === undefined) return;
  const { version, main } = packageManifest(owner.directory);
  const isEntry =
    meant.some(({ name }) => name === named) ||
    (isMain(path, owner.directory, main) && !isInside(parentUrl, owner.directory));
  const file = isEntry ? undefined : owner.file;
  const target = meant.find((candidate) => candidate.file === file);
  if (target === undefined) return;
  const module = { name: target.name, file, version };
  const place = placeOf(owner.directory, target.name, file);
  if (format === 'module' || path.endsWith('.mjs')) {
    loadImportHook();
    requires.onEsModule((namespace) => {
      const view = viewOfRequired(namespace, place);
      loaded.add({ ...module, ...view });
      return view.value() as object;
    });
    return;
  }
  commonJs.onLoaded(path, (commonJsModule) => {
    const view = viewOfRequired(commonJsModule.exports, place);
    const publish = (exports: unknown) => {
      commonJsModule.exports = exports;
    };
    loaded.add({ ...module, ...view, publish });
  });
}

function isMain(path: string, directory: string, main = 'index.js'): boolean {
  const entry = join(directory, main);
  return [entry, `${entry}.js`, join(entry, 'index.js')].includes(path);
}

function isInside(parentUrl: string | undefined, directory: string): boolean {
  return parentUrl?.startsWith('file:') === true && fileURLToPath(parentUrl).startsWith(directory);
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
  const named = specifier && (aliased.get(specifier) ?? specifier);
  const isEntry = targets.some(({ name }) => name === named);
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
