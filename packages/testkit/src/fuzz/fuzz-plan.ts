/** How long and from which seed properties run. */
export interface FuzzPlan {
  /** Milliseconds for each property; 0: its own number of runs. */
  readonly forMs: number;
  readonly seed: number;
  /** A file that gets a line of JSON when a property begins and ends. */
  readonly report: string | undefined;
}

/** A test that is red should be so because of a change: what is found by chance is found by `npm run fuzz`. */
const SEED_OF_TESTS = 1;

/** What `npm run fuzz` says to the tests that it runs. */
export function readFuzzPlan(env: Readonly<Record<string, string | undefined>>): FuzzPlan {
  return {
    forMs: Number(env.FUZZ_MS ?? 0),
    seed: Number(env.FUZZ_SEED ?? SEED_OF_TESTS),
    report: env.FUZZ_REPORT,
  };
}
