import { useCallback, useEffect, useState } from 'react';
import { serverNow } from '../api/server-clock.ts';

export interface Tick {
  readonly count: number;
  /** Unix seconds by the server's clock when it was time to refresh. */
  readonly now: number;
}

/** Counts refreshes: every `seconds` while the page can be seen, at once when it comes back into sight, and on demand. */
export function useTick(seconds: number): readonly [Tick, () => void] {
  const [tick, setTick] = useState<Tick>(() => ({ count: 0, now: serverNow() }));
  const refresh = useCallback(
    () => setTick(({ count }) => ({ count: count + 1, now: serverNow() })),
    [],
  );
  useEffect(() => {
    if (seconds === 0) return;
    let last = Date.now();
    const due = () => {
      if (document.hidden || Date.now() - last < seconds * 1000 - 50) return;
      last = Date.now();
      refresh();
    };
    const timer = setInterval(due, Math.min(seconds * 1000, 5000));
    document.addEventListener('visibilitychange', due);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', due);
    };
  }, [seconds, refresh]);
  return [tick, refresh];
}
