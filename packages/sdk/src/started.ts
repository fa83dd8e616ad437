const place = Symbol.for('@bellwether/sdk/started');

/** The right to start, held by one SDK of a thread at a time. */
export interface Claim {
  release(): void;
}

/** Takes the claim; undefined when another start, also of another copy of this package, holds it. */
export function claimProcess(): Claim | undefined {
  const global = globalThis as { [place]?: Claim };
  if (global[place] !== undefined) return undefined;
  const claim: Claim = {
    release() {
      if (global[place] === claim) delete global[place];
    },
  };
  global[place] = claim;
  return claim;
}
