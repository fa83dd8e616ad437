import { appendFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { test } from 'vitest';
import { readFuzzPlan } from './fuzz-plan.ts';
import { heapMiB } from './heap.ts';

export interface FuzzOptions<Input> {
  /** Inputs in `npm test`; `npm run fuzz` takes as many as fit into the time. */
  readonly runs: number;
  /** Inputs that once broke something, or nearly: tried first, each time. */
  readonly corpus?: readonly Input[];
  /** Milliseconds that one input may take: above it the property counts as hung. Default 5,000. */
  readonly slowestMs?: number;
}

/** MiB by which the heap may have grown after all inputs, garbage collected. */
const MOST_GROWTH = 64;
/** fast-check makes its tables of characters with the first inputs. */
const WARM_UP = 50;
/** Vitest wants to hear from a worker now and then. */
const YIELD_EVERY_MS = 100;

const plan = readFuzzPlan(process.env);

/**
 * A test: `holds` does not throw for any input, none takes longer than `slowestMs`, and the heap does not grow with their number.
 * `npm test` tries `runs` inputs of a seed that stays, `npm run fuzz` as many as fit into its time, of a seed that it prints.
 *
 * @param name Unique; a literal, for `npm run fuzz` looks it up in the sources.
 * @example
 * fuzz('a host is split or left alone', hostileText(), (text) => void hostAndPort(text), { runs: 200, corpus: ['[::1'] });
 */
export function fuzz<Input>(
  name: string,
  inputs: fc.Arbitrary<Input>,
  holds: (input: Input) => unknown,
  { runs, corpus = [], slowestMs = 5_000 }: FuzzOptions<Input>,
): void {
  test(name, () => told(name, tryAll), plan.forMs + 120_000);

  async function tryAll(): Promise<Outcome> {
    let count = 0;
    let slowest = 0;
    let yielded = performance.now();
    const tryOne = async (input: Input) => {
      const began = performance.now();
      await holds(input);
      const tookMs = performance.now() - began;
      count += 1;
      slowest = Math.max(slowest, tookMs);
      if (tookMs > slowestMs)
        throw new Error(
          `Expected an input to take at most ${slowestMs} ms, got ${tookMs.toFixed()}`,
        );
      if (performance.now() - yielded < YIELD_EVERY_MS) return;
      await nextTurn();
      yielded = performance.now();
    };
    const outcome = (problem?: string, grownMiB = 0) => ({
      count,
      slowestMs: slowest,
      grownMiB,
      problem,
    });
    // Not as examples of fast-check: it would shrink what was written by hand, character by character.
    for (const [i, input] of corpus.entries()) {
      try {
        await tryOne(input);
      } catch (error) {
        return outcome(`corpus[${i}]: ${error instanceof Error ? error.stack : error}`);
      }
    }
    fc.sample(inputs, { numRuns: WARM_UP, seed: plan.seed });
    const heapBefore = heapMiB();
    const details = await fc.check(fc.asyncProperty(inputs, tryOne), {
      seed: plan.seed,
      includeErrorInReport: true,
      numRuns: plan.forMs === 0 ? runs : Number.MAX_SAFE_INTEGER,
      ...(plan.forMs > 0 && { interruptAfterTimeLimit: plan.forMs }),
    });
    // Interrupted before the first input counts as failed, but nothing was found.
    if (details.counterexample !== null) return outcome(fc.defaultReportMessage(details));
    const grownMiB = heapMiB() - heapBefore;
    return outcome(
      grownMiB > MOST_GROWTH
        ? `Expected the heap to grow by at most ${MOST_GROWTH} MiB, got ${grownMiB.toFixed(1)} MiB after ${count} inputs`
        : undefined,
      grownMiB,
    );
  }
}

interface Outcome {
  readonly count: number;
  readonly slowestMs: number;
  readonly grownMiB: number;
  readonly problem: string | undefined;
}

/** Says when it begins, so that a property that hangs can be named. */
async function told(name: string, tryAll: () => Promise<Outcome>): Promise<void> {
  say({ name, state: 'begun' });
  const began = performance.now();
  const outcome = await tryAll();
  say({ name, state: 'ended', seconds: (performance.now() - began) / 1_000, ...outcome });
  if (outcome.problem !== undefined) throw new Error(outcome.problem);
}

function say(line: object): void {
  if (plan.report !== undefined) appendFileSync(plan.report, `${JSON.stringify(line)}\n`);
}
