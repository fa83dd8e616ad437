// Hot: asked at the end of every call of a database. Bench: bench/request

let fromSeconds = Number.POSITIVE_INFINITY;

/** From how many milliseconds on an operation is slow; 0: none is. Of the process, as its meters are. */
export function setSlowFrom(ms: number): void {
  fromSeconds = ms === 0 ? Number.POSITIVE_INFINITY : ms / 1_000;
}

export function isSlow(seconds: number): boolean {
  return seconds >= fromSeconds;
}
