import type { ResolvedSpec } from '../monitoring-spec.ts';
import { share } from '../query/or-zero.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { type Counted, counted, logins } from './business-queries.ts';

// About instruments of the presets `auth` and `authService`; undefined where no catalog has them.

type Catalogs = Pick<ResolvedSpec, 'catalogs'>;
type By = readonly string[];

/** Attempts to log in and to register at an auth service. By `action` or `outcome` if asked. */
export const attempts = (
  spec: Catalogs,
  scope: QueryScope,
  how: Counted = {},
): string | undefined => counted(spec, 'auth.attempts', scope, how);

/** Tokens given to users who logged in. */
export const tokensIssued = (
  spec: Catalogs,
  scope: QueryScope,
  how: Counted = {},
): string | undefined => counted(spec, 'auth.tokens.issued', scope, how);

/** Keys and tokens that other services asked about. By `kind` or `outcome` if asked. */
export const credentialsChecked = (
  spec: Catalogs,
  scope: QueryScope,
  how: Counted = {},
): string | undefined => counted(spec, 'auth.credentials.checked', scope, how);

/** Those that nobody knows, in the whole window. Who showed nothing at all is left out. */
export const credentialsUnknown = (
  spec: Catalogs,
  scope: QueryScope,
  by: By = [],
): string | undefined =>
  credentialsChecked(spec, scope, { by, matchers: [SHOWN, 'outcome="unknown"'] });

/** Share of the keys and tokens that nobody knows, 0 to 1. */
export function unknownShare(spec: Catalogs, scope: QueryScope, by: By = []): string | undefined {
  const unknown = credentialsUnknown(spec, scope, by);
  const all = credentialsChecked(spec, scope, { by, matchers: [SHOWN] });
  return unknown && all && share(unknown, all);
}

/** Attempts to log in with wrong credentials, also to accounts that are locked because of it; in the whole window. */
export const wrongLogins = (spec: Catalogs, scope: QueryScope, by: By = []): string | undefined =>
  logins(spec, scope, { by, matchers: ['outcome=~"wrong_credentials|locked"'] });

/** Their share in all attempts to log in, 0 to 1. */
export function wrongLoginShare(
  spec: Catalogs,
  scope: QueryScope,
  by: By = [],
): string | undefined {
  const wrong = wrongLogins(spec, scope, by);
  const all = logins(spec, scope, { by });
  return wrong && all && share(wrong, all);
}

const SHOWN = 'kind!="none"';
