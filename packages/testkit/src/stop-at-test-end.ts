/** Vitest's hook where Vitest runs us, so that what a test started ends with it, also when it fails. */
const vitest = process.env.VITEST === undefined ? undefined : await import('vitest');

/** Runs `stop` when the current test ends. Outside of a test (a hook, a script) it does nothing. */
export function stopAtTestEnd(stop: () => unknown): void {
  try {
    vitest?.onTestFinished(async () => {
      await stop();
    });
  } catch {
    // Thrown outside of a test: then whoever started it stops it, and the exit of this process at the latest.
  }
}
