import Module from 'node:module';

type Extension = (module: Module, path: string) => void;

/**
 * Calls back when one of the files has run, before anybody gets its exports: for `require` and for `import` of CommonJS, which Node.js loads
 * by the same function.
 */
export class CommonJsHook {
  readonly #files = new Map<string, (module: Module) => void>();

  install(): void {
    const files = this.#files;
    // Not in the types: deprecated in words, and what every loader of other languages builds on.
    const extensions = Reflect.get(Module, '_extensions') as Record<string, Extension>;
    const original = extensions['.js'];
    if (original === undefined) return;
    extensions['.js'] = function loadObserved(this: unknown, module, path) {
      Reflect.apply(original, this, [module, path]);
      const loaded = files.get(path);
      if (loaded === undefined) return;
      files.delete(path);
      loaded(module);
    };
  }

  /** Now, when the file has run already. */
  onLoaded(path: string, loaded: (module: Module) => void): void {
    const cache = Reflect.get(Module, '_cache') as Record<string, Module | undefined>;
    const known = cache[path];
    if (known?.loaded) loaded(known);
    else if (!this.#files.has(path)) this.#files.set(path, loaded);
  }
}
