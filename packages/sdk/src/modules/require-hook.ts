import Module from 'node:module';
import { types } from 'node:util';

/** One call of `require`. */
interface Call {
  /** Whether an instrumentation was loaded for the very library that it asks for. */
  isFirstUse: boolean;
  /** Shows an ES module, which can't be changed, as a patch has it. */
  asPatched?: (namespace: object) => object;
}

/**
 * What a hook on the place of a module can't do: a call of `require` that is under way when a library's instrumentation is loaded
 * is asked again, because that instrumentation has its own hook on `require`; and an ES module is given as a copy.
 */
export class RequireHook {
  #current: Call | undefined;

  install(): void {
    const setCurrent = (call: Call | undefined) => {
      const outer = this.#current;
      this.#current = call;
      return outer;
    };
    const copies = new WeakMap<object, object>();
    const copyOf = (namespace: object, { asPatched }: Call) => {
      if (asPatched && !copies.has(namespace)) copies.set(namespace, asPatched(namespace));
      return copies.get(namespace) ?? namespace;
    };
    const original = Module.prototype.require;
    const { prototype } = Module;
    prototype.require = function requireObserved(this: Module, ...args) {
      const call: Call = { isFirstUse: false };
      const hooks = prototype.require;
      const outer = setCurrent(call);
      let exports: unknown;
      try {
        exports = Reflect.apply(original, this, args);
      } finally {
        setCurrent(outer);
      }
      if (types.isModuleNamespaceObject(exports)) exports = copyOf(exports as object, call);
      if (!call.isFirstUse || prototype.require === hooks) return exports;
      return Reflect.apply(prototype.require, this, args);
    };
  }

  firstUse(): void {
    if (this.#current !== undefined) this.#current.isFirstUse = true;
  }

  onEsModule(asPatched: (namespace: object) => object): void {
    if (this.#current !== undefined) this.#current.asPatched = asPatched;
  }
}
