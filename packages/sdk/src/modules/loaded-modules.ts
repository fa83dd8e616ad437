import { diag } from '@opentelemetry/api';
import { inRange } from './in-range.ts';
import type { LibraryTarget, Patch } from './on-module-load.ts';

/** A module as the hooks of `require` or `import` report it. */
export interface LoadedModule {
  /** The name that the application used, or the package's. */
  readonly name: string;
  /** The file in the package; undefined for the entry point. */
  readonly file: string | undefined;
  readonly version: string | undefined;
  /** Equal for the same real module, however it was reached. */
  readonly identity: object;
  /** What a patch is given. */
  readonly exports: unknown;
  /** Shows the patched exports to whoever reached the module this way. */
  readonly publish: (exports: unknown) => void;
}

interface Registration {
  readonly target: LibraryTarget;
  readonly patch: Patch;
  readonly seen: WeakSet<object>;
}

/**
 * Brings patches and modules together, in whichever order they come, so that a patch sees each real module once.
 *
 * Modules stay known for the life of the thread: a second start finds those that were loaded before it.
 */
export class LoadedModules {
  readonly #registrations = new Set<Registration>();
  readonly #modules: LoadedModule[] = [];
  readonly #current = new WeakMap<object, unknown>();

  /** Adds a patch; the function that it returns takes it out again. */
  register(target: LibraryTarget, patch: Patch): () => void {
    const registration = { target, patch, seen: new WeakSet<object>() };
    this.#registrations.add(registration);
    for (const module of this.#modules) this.#apply([registration], module);
    return () => this.#registrations.delete(registration);
  }

  /** Adds a module and returns its exports as patched. */
  add(module: LoadedModule): unknown {
    this.#modules.push(module);
    return this.#apply(this.#registrations, module);
  }

  #apply(registrations: Iterable<Registration>, module: LoadedModule): unknown {
    let current = this.#current.has(module.identity)
      ? this.#current.get(module.identity)
      : module.exports;
    for (const { target, patch, seen } of registrations) {
      if (!isMeant(target, module) || seen.has(module.identity)) continue;
      seen.add(module.identity);
      try {
        current = patch(current, module.version) ?? current;
        // What takes their place may be reached another way.
        if (isObject(current)) seen.add(current);
      } catch (error) {
        diag.error(`bellwether: ${module.name} stays uninstrumented, its patch failed`, error);
      }
    }
    this.#current.set(module.identity, current);
    module.publish(current);
    return current;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function isMeant(target: LibraryTarget, module: LoadedModule): boolean {
  if (target.name !== module.name || target.file !== module.file) return false;
  return target.versions === undefined || satisfies(module.version, target.versions);
}

function satisfies(version: string | undefined, range: string): boolean {
  return version !== undefined && inRange(version, range);
}
