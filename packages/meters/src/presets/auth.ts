import { oneOf, optional } from '../attributes/kinds.ts';
import { counter, gauge } from '../catalog/definition.ts';

/** Who comes in, and who does not. No user ids here: they are unbounded and personal. */
export const auth = {
  registrations: counter('auth.registrations', {
    unit: '{user}',
    description: 'Accounts created, by outcome',
    attributes: { outcome: oneOf('succeeded', 'rejected', 'failed') },
  }),
  logins: counter('auth.logins', {
    unit: '{login}',
    description: 'Attempts to log in, by outcome and method',
    attributes: {
      outcome: oneOf('succeeded', 'wrong_credentials', 'locked', 'failed'),
      method: optional(oneOf('password', 'oauth', 'sso', 'passkey', 'api_key')),
    },
  }),
  tokensRejected: counter('auth.tokens.rejected', {
    unit: '{token}',
    description: 'Tokens and keys that were not accepted, by reason',
    attributes: { reason: oneOf('missing', 'malformed', 'expired', 'revoked', 'unknown') },
  }),
  sessionsActive: gauge('auth.sessions.active', {
    unit: '{session}',
    description: 'Sessions open now, as the database knows them: every replica reports the same',
  }),
} as const;
