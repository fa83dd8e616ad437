import satisfies from 'semver/functions/satisfies.js';

const GOOD = '>=22.22.3 <23 || >=24.11.1 <25 || >=25.1.0';

/**
 * Whether `module.registerHooks` accepts CommonJS without a source, which import-in-the-middle relies on
 * (https://github.com/nodejs/node/pull/59929). The same rule as its `supportsSyncHooks`, which loads its lexers.
 */
export function hasGoodSyncHooks(nodeVersion: string): boolean {
  return satisfies(nodeVersion, GOOD, { includePrerelease: true });
}
