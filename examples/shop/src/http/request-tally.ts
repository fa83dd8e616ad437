import type { RequestHandler } from 'express';

/** What this process answered since it started, for the summary at /healthz/metrics. */
export interface RequestTally {
  readonly count: RequestHandler;
  read(): {
    readonly total: number;
    readonly open: number;
    readonly byStatusClass: Record<string, number>;
  };
}

export function createRequestTally(): RequestTally {
  const byStatusClass: Record<string, number> = {};
  let total = 0;
  let open = 0;
  return {
    count: (_request, response, next) => {
      open += 1;
      response.once('close', () => {
        open -= 1;
        total += 1;
        const group = `${Math.floor(response.statusCode / 100)}xx`;
        byStatusClass[group] = (byStatusClass[group] ?? 0) + 1;
      });
      next();
    },
    read: () => ({ total, open, byStatusClass: { ...byStatusClass } }),
  };
}
