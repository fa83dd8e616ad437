/** The same constants colour panels and fire alerts. Shares are 0 to 1. */
export const messagesThresholds = {
  /** Share of messages that could not be delivered, over 15 minutes. */
  failed: { warning: 0.05 },
  /** Messages that could not be delivered in 15 minutes, below which no share is judged. */
  comparableFailed: 20,
} as const;
