/**
 * Milliseconds of the longest turn of the event loop while `run` goes on: how late a request would be answered. A loop of `setImmediate` sees
 * each turn, which a histogram of delays with a resolution of milliseconds does not.
 */
export async function longestBlock(run) {
  let longest = 0;
  let running = true;
  let last = performance.now();
  const look = () => {
    const now = performance.now();
    if (now - last > longest) longest = now - last;
    last = now;
    if (running) setImmediate(look);
  };
  setImmediate(look);
  await run();
  running = false;
  return Math.max(longest, performance.now() - last);
}
