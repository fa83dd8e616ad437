/** Events a second as events an hour: what businesses count is too rare for seconds. */
export const perHour = (perSecond: string): string => `3600 * (${perSecond})`;
