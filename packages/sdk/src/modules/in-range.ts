/**
 * Whether a version is in a range of the kind that our instrumentations are written for: `>=8.0.3 <9`, one or both. What comes before a release (`9.0.0-rc.1`)
 * counts as that release. The package semver knows more and takes longer to load than all libraries are patched.
 */
export function inRange(version: string, range: string): boolean {
  const [core = ''] = version.split(/[-+]/);
  return range.split(' ').every((comparator) => {
    const [, operator, bound = ''] = /^(>=|<)([\d.]+)$/.exec(comparator) ?? [];
    if (operator === undefined)
      throw new Error(`Expected >= or < and a version, got ${comparator}`);
    const order = compare(core, bound);
    return operator === '<' ? order < 0 : order >= 0;
  });
}

function compare(one: string, other: string): number {
  const a = one.split('.').map(Number);
  const b = other.split('.').map(Number);
  for (const index of [0, 1, 2]) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
