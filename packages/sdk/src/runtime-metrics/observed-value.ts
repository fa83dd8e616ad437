/**
 * Turns readings of a total (processor time, memory in use) into what an instrument with `add` takes: the difference to the last one. The totals of
 * the meters outlive a shutdown, and so do these.
 */
export function differences(): (key: string, reading: number) => number {
  const last = new Map<string, number>();
  return (key, reading) => {
    const difference = reading - (last.get(key) ?? 0);
    last.set(key, reading);
    return difference;
  };
}
