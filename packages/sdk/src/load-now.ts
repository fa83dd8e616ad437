/**
 * A part of the bundle that most applications never need, at the moment in which one does, and without waiting. `_load` imports it and does nothing else:
 * the build makes a `require` of that; see build/parts-at-once.ts.
 */
export function loadNow<T>(_load: () => Promise<T>): T {
  throw new Error('Expected loadNow to be replaced by the build, got the source');
}
