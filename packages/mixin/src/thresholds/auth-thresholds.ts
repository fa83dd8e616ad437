/** The same constants colour panels and fire alerts. Shares are 0 to 1. */
export const authThresholds = {
  /** Share of a tenant's attempts to log in that had wrong credentials, over 15 minutes. People mistype one in ten. */
  wrongCredentials: { warning: 0.8 },
  /** Attempts with wrong credentials, in 15 minutes, below which nobody is suspected. */
  comparableWrong: 60,
  /** Share of the keys and tokens that nobody knows, over 15 minutes. */
  unknownCredentials: { warning: 0.5 },
  /** Keys and tokens that nobody knows, in 15 minutes, below which nobody is suspected. */
  comparableUnknown: 100,
} as const;
