/** Numbers from 0 (included) to 1 (excluded); the same seed gives the same numbers on every machine. */
export type Random = () => number;

/** mulberry32 by Tommy Ettinger (public domain): 32 bits of state, more than good enough for shopping. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of the items, each as likely as its weight says. */
export function pickWeighted<T>(
  random: Random,
  items: readonly T[],
  weightOf: (item: T, index: number) => number,
): T {
  const weights = items.map(weightOf);
  let rest = random() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, item] of items.entries()) {
    rest -= weights[index] ?? 0;
    if (rest < 0) return item;
  }
  const last = items.at(-1);
  if (last === undefined) throw new Error('Expected something to pick from, got an empty list');
  return last;
}

export function pick<T>(random: Random, items: readonly T[]): T {
  return pickWeighted(random, items, () => 1);
}
