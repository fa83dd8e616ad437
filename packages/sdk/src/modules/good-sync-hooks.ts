/**
 * Whether `module.registerHooks` accepts CommonJS without a source, which import-in-the-middle relies on
 * (https://github.com/nodejs/node/pull/59929): from 22.22.3, 24.11.1 and 25.1. The same rule as its `supportsSyncHooks`, which loads its lexers.
 */
export function hasGoodSyncHooks(nodeVersion: string): boolean {
  const [major = 0, minor = 0, patch = 0] = nodeVersion.split('.').map(Number.parseFloat);
  const isFrom = (fromMinor: number, fromPatch: number) =>
    minor > fromMinor || (minor === fromMinor && patch >= fromPatch);
  if (major === 22) return isFrom(22, 3);
  if (major === 24) return isFrom(11, 1);
  if (major === 25) return isFrom(1, 0);
  return major > 25;
}
