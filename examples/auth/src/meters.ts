import { counter, defineMeters, oneOf } from '@bellwether/meters';

/** All that the service counts. The tenant is that of the key or token that was shown. */
export const meters = defineMeters('auth', {
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
    description: 'Tokens given to customers who logged in',
  }),
  credentialsChecked: counter('auth.credentials.checked', {
    unit: '{check}',
    description: 'Keys and tokens that other services asked about, by what was found',
    attributes: {
      kind: oneOf('key', 'token', 'none'),
      outcome: oneOf('known', 'unknown'),
    },
  }),
});
