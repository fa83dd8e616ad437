import { oneOf } from '../attributes/kinds.ts';
import { counter } from '../catalog/definition.ts';

/** A service that says to others who somebody is. The application that has the accounts counts by `auth`, beside it. */
export const authService = {
  attempts: counter('auth.attempts', {
    unit: '{attempt}',
    description: 'Attempts to log in and to register, by outcome',
    attributes: {
      action: oneOf('login', 'registration'),
      outcome: oneOf('succeeded', 'refused', 'failed'),
    },
  }),
  tokensIssued: counter('auth.tokens.issued', {
    unit: '{token}',
    description: 'Tokens given to users who logged in',
  }),
  credentialsChecked: counter('auth.credentials.checked', {
    unit: '{check}',
    description:
      'Keys and tokens that other services asked about, by what was found; what nobody knows has no tenant',
    attributes: { kind: oneOf('key', 'token', 'none'), outcome: oneOf('known', 'unknown') },
  }),
} as const;
