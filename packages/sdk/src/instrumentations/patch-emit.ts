import type { Undo } from './environment.ts';

export type Emit = (this: unknown, event: unknown, ...args: unknown[]) => unknown;

/** An object with an `emit` of its own or inherited. */
export interface Emitter {
  emit: (...args: never[]) => unknown;
}

const patched = Symbol.for('bellwether.patched');

/**
 * Replaces `prototype.emit`, once per process also when two copies of this package try. The undo restores it unless somebody else
 * has wrapped it since: then what `wrap` made stays in between and must do nothing any more by itself.
 */
export function patchEmit(prototype: Emitter, wrap: (emit: Emit) => Emit): Undo {
  const original = prototype.emit as unknown as Emit;
  const own = Object.hasOwn(prototype, 'emit');
  if ((prototype as { [patched]?: boolean })[patched] && own) return () => {};
  const replacement = wrap(original);
  define(prototype, 'emit', replacement);
  define(prototype, patched, true);
  return () => {
    if ((prototype.emit as unknown) !== replacement) return;
    if (own) define(prototype, 'emit', original);
    else Reflect.deleteProperty(prototype, 'emit');
    Reflect.deleteProperty(prototype, patched);
  };
}

function define(target: object, name: string | symbol, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
}
