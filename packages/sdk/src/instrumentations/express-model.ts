/** What Express 4 and 5, and `router` 1 and 2 under them, have in common as far as routes are concerned. */

export type Path = string | RegExp | number | readonly Path[];

export interface Route {
  readonly path: Path;
}

export interface Layer {
  readonly route?: Route | undefined;
  readonly handle: unknown;
  /** `router` 2. */
  readonly matchers?: readonly ((path: string) => false | { readonly path: string })[];
  /** Express 4 and `router` 1. */
  readonly regexp?: RegExp & { readonly fast_slash?: boolean };
}

/** A router is a function with a stack of layers. */
export interface Router {
  readonly stack: Layer[];
}

/** An Express application, which may be mounted in another. */
export interface Application {
  readonly set: unknown;
  readonly handle: unknown;
  /** Express 4 only. */
  readonly lazyrouter?: unknown;
  /** Express 4, from the first route or middleware on. */
  readonly _router?: Router;
  /** Express 5. */
  readonly router?: Router;
}

export function isRouter(value: unknown): value is Router {
  return typeof value === 'function' && Array.isArray((value as Partial<Router>).stack);
}

export function isApplication(value: unknown): value is Application {
  const candidate = value as Partial<Application>;
  return (
    typeof value === 'function' &&
    typeof candidate.set === 'function' &&
    typeof candidate.handle === 'function'
  );
}

/** The text of a path as the application wrote it: several paths joined by a comma, a regular expression as such. */
export function pathText(path: Path): string {
  return Array.isArray(path) ? path.map(pathText).join(',') : String(path);
}
