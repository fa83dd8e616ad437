/** Answers that are given again for a short time, and asked for once however many want them. */
export interface AnswerCache<T> {
  /** The answer of `key`, or what `make` makes of it. An error is not kept. */
  get(key: string, make: () => Promise<T>): Promise<T>;
}

export interface AnswerCacheOptions<T> {
  /** 0 keeps nothing, and still asks once for all who wait. */
  readonly seconds: number;
  /** Of all answers together. What was kept first is forgotten first. */
  readonly maxBytes: number;
  readonly sizeOf: (answer: T) => number;
  readonly now?: () => number;
}

export function answerCache<T>(options: AnswerCacheOptions<T>): AnswerCache<T> {
  const { seconds, maxBytes, sizeOf, now = Date.now } = options;
  const kept = new Map<string, { readonly answer: T; readonly size: number; until: number }>();
  const underWay = new Map<string, Promise<T>>();
  let total = 0;

  const forget = (key: string) => {
    total -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };
  const keep = (key: string, answer: T) => {
    // The key, and what an entry of a map costs.
    const size = sizeOf(answer) + 2 * key.length + 200;
    if (seconds === 0 || size > maxBytes) return;
    forget(key);
    for (const oldest of kept.keys()) {
      if (total + size <= maxBytes) break;
      forget(oldest);
    }
    kept.set(key, { answer, size, until: now() + seconds * 1000 });
    total += size;
  };

  return {
    get(key, make) {
      const found = kept.get(key);
      if (found !== undefined && found.until > now()) return Promise.resolve(found.answer);
      let asked = underWay.get(key);
      if (asked === undefined) {
        asked = make().then((answer) => {
          keep(key, answer);
          return answer;
        });
        underWay.set(key, asked);
        const done = () => underWay.delete(key);
        asked.then(done, done);
      }
      return asked;
    },
  };
}
