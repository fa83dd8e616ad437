/** Answers that are given again for a short time, and asked for once however many want them. */
export interface AnswerCache {
  /** The answer of `key`, or what `make` makes of it. An error is not kept. */
  get(key: string, make: () => Promise<Buffer>): Promise<Buffer>;
}

interface Kept {
  readonly bytes: Buffer;
  readonly until: number;
}

/** `seconds` 0 keeps nothing, and still asks once for all who wait. What was kept first is forgotten first. */
export function answerCache(
  { seconds, maxBytes }: { readonly seconds: number; readonly maxBytes: number },
  now: () => number = Date.now,
): AnswerCache {
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<Buffer>>();
  let size = 0;

  const forget = (key: string) => {
    size -= (kept.get(key)?.bytes.length ?? 0) + (kept.has(key) ? cost(key) : 0);
    kept.delete(key);
  };
  const keep = (key: string, bytes: Buffer) => {
    const needed = bytes.length + cost(key);
    if (seconds === 0 || needed > maxBytes) return;
    forget(key);
    for (const oldest of kept.keys()) {
      if (size + needed <= maxBytes) break;
      forget(oldest);
    }
    kept.set(key, { bytes, until: now() + seconds * 1000 });
    size += needed;
  };

  return {
    async get(key, make) {
      const found = kept.get(key);
      if (found !== undefined) {
        if (found.until > now()) return found.bytes;
        forget(key);
      }
      let promise = underWay.get(key);
      if (promise === undefined) {
        promise = make().then((bytes) => {
          keep(key, bytes);
          return bytes;
        });
        underWay.set(key, promise);
        const done = () => underWay.delete(key);
        promise.then(done, done);
      }
      return promise;
    },
  };
}

/** What an entry costs beside its bytes. */
const cost = (key: string) => 2 * key.length + 200;
