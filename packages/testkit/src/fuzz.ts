export { type FuzzOptions, fuzz } from './fuzz/fuzz.ts';
export { hostileText, hostileTexts } from './fuzz/hostile-text.ts';
export { hostileValue } from './fuzz/hostile-value.ts';
export { hasUnseen } from './fuzz/unseen.ts';
