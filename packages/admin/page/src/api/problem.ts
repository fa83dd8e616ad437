/** Why an answer is missing, in words for the person who looks at the page. */
export interface Problem {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly message: string;
  readonly hint: string;
}

export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

const titles: Readonly<Record<number, string>> = {
  0: 'The server cannot be reached',
  400: 'The server refused the question',
  401: 'You are signed out',
  403: 'You may not see this',
  404: 'There is no such thing',
  413: 'That is too much for one question',
  422: 'That is too much for one question',
  429: 'Too many questions at once',
  502: 'Prometheus gave no usable answer',
  501: 'This is not set up',
  503: 'Prometheus is down',
  504: 'Prometheus is slow',
};

/** Where the status alone would say the wrong thing. */
const titlesByCode: Readonly<Record<string, string>> = {
  ERR_ADMIN_BUSY: 'Too many questions at once',
  ERR_ADMIN_TENANT_PROXY: 'Tenants can\u2019t be told apart',
  ERR_ADMIN_ISOLATION: 'Tenants can\u2019t be told apart',
  ERR_ADMIN_ALERTMANAGER_DOWN: 'Alertmanager is down',
  ERR_ADMIN_ALERTMANAGER_SLOW: 'Alertmanager is slow',
  ERR_ADMIN_ALERTMANAGER_REFUSED: 'Alertmanager refused',
  ERR_ADMIN_ALERTMANAGER_FAILED: 'Alertmanager failed',
  ERR_ADMIN_ALERTMANAGER_RUBBISH: 'Alertmanager gave no usable answer',
  ERR_ADMIN_AUDIT: 'The audit trail cannot be reached',
  ERR_ADMIN_PROMETHEUS_REFUSED: 'Prometheus refused the question',
};

const hints: Readonly<Record<number, string>> = {
  0: 'Check your connection. The page tries again by itself.',
  401: 'Sign in again in another tab, then come back here.',
  429: 'The page tries again by itself. A longer refresh interval helps.',
  503: 'Your app goes on without it; figures come back when Prometheus does.',
  504: 'Choose a shorter time range, or wait: the page tries again by itself.',
};

/** The server's own words where it gave some, else words for the status. */
export function problemOf(status: number, body: unknown): Problem {
  const { code, message, hint } = errorIn(body);
  return {
    code: code ?? `HTTP_${status}`,
    status,
    title: titlesByCode[code ?? ''] ?? titles[status] ?? 'Something went wrong on the server',
    message: message ?? `The server answered with status ${status}.`,
    hint: hint ?? hints[status] ?? 'The page tries again by itself.',
  };
}

/** No answer at all: the network, or the app itself, is away. */
export function unreachable(): Problem {
  return {
    code: 'UNREACHABLE',
    status: 0,
    title: titles[0] ?? '',
    message: 'There was no answer to the last question.',
    hint: hints[0] ?? '',
  };
}

function errorIn(body: unknown): { code?: string; message?: string; hint?: string } {
  if (typeof body !== 'object' || body === null || !('error' in body)) return {};
  const { error } = body;
  if (typeof error !== 'object' || error === null) return {};
  return {
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...('message' in error && typeof error.message === 'string' ? { message: error.message } : {}),
    ...('hint' in error && typeof error.hint === 'string' ? { hint: error.hint } : {}),
  };
}
