import { types } from 'node:util';

/** How one way to a module (a `require` or an `import`) is shown to a patch and gets the result back. */
export interface ExportsView {
  readonly identity: object;
  readonly exports: unknown;
  readonly publish: (exports: unknown) => void;
}

/**
 * One object a real ES module. Its namespace is not the same object for `import` (import-in-the-middle gives a wrapper)
 * and `require`, so the place of the module stands for it.
 */
const esModules = new Map<string, object>();

function esIdentity(place: string): object {
  const known = esModules.get(place) ?? {};
  esModules.set(place, known);
  return known;
}

/** What `require` gave: the value itself, or for an ES module a copy that can be changed. */
export function viewOfRequired(
  exports: unknown,
  place: string,
): ExportsView & { value(): unknown } {
  if (types.isModuleNamespaceObject(exports)) {
    let value: unknown = { ...(exports as object) };
    const publish = (current: unknown) => {
      value = current;
    };
    return { identity: esIdentity(place), exports: value, publish, value: () => value };
  }
  let value = exports;
  const publish = (current: unknown) => {
    value = current;
  };
  const identity = isObject(exports) ? exports : {};
  return { identity, exports, publish, value: () => value };
}

/** What `import` gave: `module.exports` behind the namespace of a CommonJS module, else the namespace itself. */
export function viewOfImported(
  namespace: Record<string, unknown>,
  format: string | undefined,
  place: string,
): ExportsView {
  const isCommonJs = format === 'commonjs' || format === 'builtin';
  if (isCommonJs && isObject(namespace.default)) {
    const exports = namespace.default;
    return {
      identity: exports,
      exports,
      publish: (current) => {
        if (current !== namespace.default) namespace.default = current;
        copyNamed(current, namespace);
      },
    };
  }
  return {
    identity: esIdentity(place),
    exports: namespace,
    publish: (current) => {
      if (current !== namespace) copyNamed(current, namespace, true);
    },
  };
}

function copyNamed(from: unknown, to: Record<string, unknown>, withDefault = false): void {
  if (!isObject(from)) return;
  const source = from as Record<string, unknown>;
  for (const key of Object.keys(to)) {
    if (key === 'module.exports' || (key === 'default' && !withDefault) || !(key in source))
      continue;
    if (source[key] !== to[key]) to[key] = source[key];
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
