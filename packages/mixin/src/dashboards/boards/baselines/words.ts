import { baselineThresholds } from '../../../thresholds/baseline-thresholds.ts';

/** Stand in every panel. */
export const OF_HOUR = 'Each point is about the hour before it.';
export const BAND = `The band is the median of the same hour of the last four weeks and ${baselineThresholds.distance.warning} spreads around it; with fewer weeks it is wider, and before the first week is over there is none.`;
export const APART = `In spreads: 0 is the median of the same hour of the last four weeks, beyond ${baselineThresholds.distance.warning} it is outside of the band.`;
