import type { Response } from 'express';

const statuses = {
  ERR_GRAFANA_NOBODY: 401,
  ERR_GRAFANA_FORBIDDEN: 403,
  ERR_GRAFANA_CSRF: 403,
  ERR_GRAFANA_PATH: 400,
  ERR_GRAFANA_METHOD: 405,
  ERR_GRAFANA_TOO_LARGE: 413,
  ERR_GRAFANA_UPGRADE: 501,
  ERR_GRAFANA_BODY: 500,
  ERR_GRAFANA_REDIRECT: 502,
  ERR_GRAFANA_BUSY: 503,
  ERR_GRAFANA_DOWN: 503,
  ERR_GRAFANA_SLOW: 504,
} as const;

export type GrafanaProblemCode = keyof typeof statuses;

/** Why a request does not reach Grafana, or its answer not the browser. It never names Grafana's address. */
export class GrafanaProblem extends Error {
  override readonly name = 'GrafanaProblem';
  readonly code: GrafanaProblemCode;
  readonly hint: string;

  constructor(code: GrafanaProblemCode, message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }
}

/** Answers as the monitoring router does. Too late for an answer, the connection is cut, so that half of one is not taken for a whole. */
export function tellProblem(response: Response, { code, message, hint }: GrafanaProblem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // What is left of the body is not waited for.
  if (code === 'ERR_GRAFANA_TOO_LARGE') response.set('Connection', 'close');
  if (code === 'ERR_GRAFANA_BUSY' || code === 'ERR_GRAFANA_DOWN') response.set('Retry-After', '5');
  response
    .status(statuses[code])
    .set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
    .json({ error: { code, message, hint } });
}
