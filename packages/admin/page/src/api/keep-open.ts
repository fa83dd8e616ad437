/** What of an `EventSource` is needed. */
export interface Stream {
  readonly readyState: number;
  addEventListener(name: 'open' | 'error', listener: () => void): void;
  close(): void;
}

const CLOSED = 2;
const FIRST_MS = 2_000;
const MOST_MS = 30_000;

/**
 * Keeps a stream open until the returned function is called. A browser connects again by itself when the line breaks, but gives up for
 * good at an answer that is no stream, as the 502 of a proxy while the application starts again: then it is opened anew, after longer and
 * longer pauses, of which a random half is taken, so that not all pages come back at once.
 */
export function keepOpen(open: () => Stream, random: () => number = Math.random): () => void {
  let stream: Stream;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const start = () => {
    const opened = open();
    stream = opened;
    opened.addEventListener('open', () => {
      failures = 0;
    });
    opened.addEventListener('error', () => {
      if (opened.readyState !== CLOSED) return;
      const pause = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
      failures += 1;
      timer = setTimeout(start, pause * (0.5 + random() / 2));
    });
  };
  start();
  return () => {
    clearTimeout(timer);
    stream.close();
  };
}
