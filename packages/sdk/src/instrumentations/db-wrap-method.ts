import type { Undo } from './environment.ts';

/** A method of a library, as it is called. */
export type Method = (this: object, ...args: unknown[]) => unknown;

/** Takes the place of a method; what is no method stays. The result puts it back, unless someone has wrapped it since. */
export function wrapMethod(
  target: object,
  name: string,
  around: (original: Method) => Method,
): Undo {
  const methods = target as Record<string, unknown>;
  const original = methods[name];
  if (typeof original !== 'function') return () => {};
  const wrapped = around(original as Method);
  methods[name] = wrapped;
  return () => {
    if (methods[name] === wrapped) methods[name] = original;
  };
}

/** Several undos as one, in reverse. */
export function undoAll(undos: readonly Undo[]): Undo {
  return () => {
    for (const undo of undos.toReversed()) undo();
  };
}
