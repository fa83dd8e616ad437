/** Every code that the page may show, and the HTTP status that it comes with. */
const statuses = {
  ERR_ADMIN_NOBODY: 401,
  ERR_ADMIN_AUTHORIZE: 403,
  ERR_ADMIN_IDENTITY: 403,
  ERR_ADMIN_FORBIDDEN: 403,
  ERR_ADMIN_CSRF: 403,
  ERR_ADMIN_PARAMETER: 400,
  ERR_ADMIN_TENANT: 400,
  ERR_ADMIN_BODY: 400,
  ERR_ADMIN_QUERY: 404,
  ERR_ADMIN_NOT_FOUND: 404,
  ERR_ADMIN_METHOD: 405,
  ERR_ADMIN_TOO_LARGE: 422,
  ERR_ADMIN_TOO_MANY: 429,
  ERR_ADMIN_BUSY: 503,
  ERR_ADMIN_PROMETHEUS_DOWN: 503,
  ERR_ADMIN_PROMETHEUS_SLOW: 504,
  ERR_ADMIN_PROMETHEUS_REFUSED: 502,
  ERR_ADMIN_PROMETHEUS_FAILED: 502,
  ERR_ADMIN_PROMETHEUS_RUBBISH: 502,
  ERR_ADMIN_TENANT_PROXY: 503,
  ERR_ADMIN_ISOLATION: 502,
  ERR_ADMIN_NO_ALERTMANAGER: 501,
  ERR_ADMIN_ALERTMANAGER_DOWN: 503,
  ERR_ADMIN_ALERTMANAGER_SLOW: 504,
  ERR_ADMIN_ALERTMANAGER_REFUSED: 502,
  ERR_ADMIN_ALERTMANAGER_FAILED: 502,
  ERR_ADMIN_ALERTMANAGER_RUBBISH: 502,
  ERR_ADMIN_NO_AUDIT: 501,
  ERR_ADMIN_AUDIT: 503,
  ERR_ADMIN_PAGE: 503,
  ERR_ADMIN_INTERNAL: 500,
} as const;

/** What went wrong, as a word that stays: `error.code` of every answer that is an error. Each has one HTTP status. */
export type AdminErrorCode = keyof typeof statuses;

/** What went wrong, for a person: `message` says what, `hint` what to do. Neither names a server's address or a query. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
  readonly code: AdminErrorCode;
  readonly status: number;
  readonly hint: string;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter: number | undefined;

  constructor(
    code: AdminErrorCode,
    message: string,
    hint: string,
    { retryAfter, cause }: { readonly retryAfter?: number; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.status = statuses[code];
    this.hint = hint;
    this.retryAfter = retryAfter;
  }
}

/** A parameter or field that is not as it must be. What came is not repeated: it may be hostile, and it is known to who sent it. */
export const badParameter = (name: string, expected: string): AdminError =>
  new AdminError(
    'ERR_ADMIN_PARAMETER',
    `Expected ${name} to be ${expected}.`,
    'Correct the address, or go back to the overview.',
  );
