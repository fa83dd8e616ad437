const held: number[][] = [];

/** Keeps so many megabytes of this process's heap in use, or lets them go: they count as V8's own, as a Buffer would not. */
export function holdHeap(megabytes: number): void {
  held.length = Math.min(held.length, megabytes);
  while (held.length < megabytes) held.push(new Array<number>(131_072).fill(0.5));
}
