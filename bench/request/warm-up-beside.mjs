/** How many chunks in a row must bring nothing to both until the compiler is taken to be done, and what counts as something. */
const PATIENCE = 3;
const GAIN = 0.97;

/**
 * Has both answer `chunk` requests in turns until neither gets cheaper, at most `most` each. Both have then answered the same number, which is
 * returned: a process still gets a little faster after a hundred thousand.
 */
export async function warmUpBeside(bare, measured, { chunk, most }) {
  const cheapest = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let served = 0;
  for (let vain = 0; vain < PATIENCE && served < most; served += chunk) {
    const costs = [await bare.serve(chunk), await measured.serve(chunk)];
    const gained = costs.some((cost, index) => cost < GAIN * cheapest[index]);
    vain = gained ? 0 : vain + 1;
    for (const [index, cost] of costs.entries()) cheapest[index] = Math.min(cheapest[index], cost);
  }
  return served;
}
