import { checkedAnswer, type PromAnswer, type PromMetric } from './registry.ts';

/** What came of reading a metric: its answer, why there is none, or `late`. */
export type PromRead = { readonly answer: PromAnswer } | { readonly error: unknown } | 'late';

interface Waiting {
  /** Set when it has an answer that nobody took. */
  read?: Exclude<PromRead, 'late'>;
}

/**
 * Reads metrics side by side, for a time. One that takes longer is left to itself: it is not asked again before it has answered, and what it
 * then says is the answer to the next question.
 */
export class MetricReads {
  readonly #waiting = new WeakMap<PromMetric, Waiting>();

  async read(
    metrics: readonly PromMetric[],
    waitMs: number,
  ): Promise<ReadonlyMap<PromMetric, PromRead>> {
    const asked: Promise<void>[] = [];
    for (const metric of metrics) {
      if (!this.#waiting.has(metric)) asked.push(this.#ask(metric));
    }
    await inTime(Promise.all(asked), waitMs);
    return new Map(metrics.map((metric) => [metric, this.#take(metric)]));
  }

  async #ask(metric: PromMetric): Promise<void> {
    const waiting: Waiting = {};
    this.#waiting.set(metric, waiting);
    try {
      waiting.read = { answer: checkedAnswer(await metric.get()) };
    } catch (error) {
      waiting.read = { error };
    }
  }

  #take(metric: PromMetric): PromRead {
    const read = this.#waiting.get(metric)?.read;
    if (read === undefined) return 'late';
    this.#waiting.delete(metric);
    return read;
  }
}

async function inTime(all: Promise<unknown>, waitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs);
  });
  await Promise.race([all, timeout]);
  clearTimeout(timer);
}
