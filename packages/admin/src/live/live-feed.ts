/** Who listens to a feed. Everything given to it is a whole event, ready to be written. */
export type Listener = (event: string) => void;

/** One source for all who want the same figures: asked once in each interval, and not at all while nobody listens. */
export interface LiveFeed {
  /** Gets the last event at once, if there is one. Returns how to leave. */
  listen(listener: Listener): () => void;
}

/** `ask` makes the next event and never rejects; `ended` is told when the last listener has left. */
export function liveFeed(ask: () => Promise<string>, everyMs: number, ended: () => void): LiveFeed {
  const listeners = new Set<Listener>();
  let timer: NodeJS.Timeout | undefined;
  let last: string | undefined;
  let asking = false;

  const turn = async () => {
    asking = true;
    const began = Date.now();
    last = await ask();
    asking = false;
    for (const listener of [...listeners]) listener(last);
    // A slow server is asked again a moment after its answer, not on top of it.
    if (listeners.size > 0)
      timer = setTimeout(turn, Math.max(everyMs / 4, everyMs - (Date.now() - began)));
  };

  return {
    listen(listener) {
      listeners.add(listener);
      if (last !== undefined) listener(last);
      if (listeners.size === 1 && !asking) {
        clearTimeout(timer);
        void turn();
      }
      return () => {
        if (!listeners.delete(listener) || listeners.size > 0) return;
        clearTimeout(timer);
        ended();
      };
    },
  };
}
