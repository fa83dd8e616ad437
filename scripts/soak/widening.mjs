/**
 * By how much the variance of a mean is larger than that of so many independent values, because neighbours lean on each other. `rest` are
 * the values less what is expected of them.
 */
export function widening(rest) {
  const squares = sum(rest.map((value) => value ** 2));
  if (squares === 0) return 1;
  const neighbours = sum(rest.slice(1).map((value, index) => value * rest[index])) / squares;
  const leaning = Math.min(0.95, Math.max(0, neighbours));
  return (1 + leaning) / (1 - leaning);
}

const sum = (values) => values.reduce((total, value) => total + value, 0);
