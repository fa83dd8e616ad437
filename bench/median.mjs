/** The middle of the values, and how far they lie apart: (highest - lowest) / median. */
export function medianOf(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, spread: median === 0 ? 0 : (sorted.at(-1) - sorted[0]) / median };
}
