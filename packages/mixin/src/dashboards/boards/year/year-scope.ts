/** Stands in every panel. */
export const OF_DAY = 'Each point is about the day before it.';
