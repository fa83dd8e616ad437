/** Which module of which library. */
export interface LibraryTarget {
  /** The package name, a builtin without `node:`, or a specifier with a path (`@prisma/client/runtime/client`). */
  readonly name: string;
  /** Range of the package version, as `>=4.0.0 <6`. Unset: any version. */
  readonly versions?: string;
  /** A file in the package, with its extension (`lib/client.js`). Unset: the package's entry point. */
  readonly file?: string;
}

/**
 * Patches the exports in place, or returns what takes their place; `undefined` means in place.
 *
 * `exports` is `module.exports` for CommonJS (also when it was imported), and an object with the named exports and
 * `default`, all assignable, for a real ES module. A throw is reported by `diag` and the library stays as it is.
 */
export type Patch = (exports: unknown, version: string | undefined) => unknown;

/** Registers a patch; see `module-hooks.ts`. */
export type OnModuleLoad = (library: LibraryTarget, patch: Patch) => void;
