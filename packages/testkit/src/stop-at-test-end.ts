/** Vitest's hook where Vitest runs us, so that what a test started ends with it, also when it fails. */
const vitest = process.env.VITEST === undefined ? undefined : await import('vitest');

/**
 * Runs `stop` when the current test ends. Outside of a test (a hook, a script), and in a concurrent test, where Vitest cannot
 * say which test is the current one, it does nothing: there whoever started it stops it, and the exit of this process at the latest.
 */
export function stopAtTestEnd(stop: () => unknown): void {
  const test = vitest?.TestRunner.getCurrentTest();
  if (test === undefined || test.concurrent === true) return;
  vitest?.onTestFinished(async () => {
    await stop();
  });
}
