/**
 * The targets `{ what, target, atMost, value, unit }` with `met`: true, false, or undefined where nothing was measured, because the
 * variant failed.
 */
export const judgeTargets = (targets) =>
  targets.map((target) => ({ ...target, met: verdict(target) }));

function verdict({ target, atMost, value }) {
  if (!Number.isFinite(value)) return undefined;
  return atMost ? value <= target : value >= target;
}
