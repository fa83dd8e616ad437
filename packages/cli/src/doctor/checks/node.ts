import satisfies from 'semver/functions/satisfies.js';
import { nodeVersion } from '../app/node-version.ts';
import { type Check, fail, ok, warn } from '../check.ts';

const SUPPORTED = '>=22.15.0';
/** Where `module.registerHooks` takes CommonJS too; the same range as the SDK's, held equal by a test. */
export const GOOD_SYNC_HOOKS = '>=22.22.3 <23 || >=24.11.1 <25 || >=25.1.0';
const prerelease = { includePrerelease: true };

export const node: Check = {
  id: 'node',
  group: 'app',
  title: 'Node.js and its module hooks',
  async run({ nodeFile }) {
    const version = await nodeVersion(nodeFile);
    if (version === undefined) {
      return fail(
        `${nodeFile} does not tell a version of Node.js`,
        'Name the Node.js that runs the application by --node <file>.',
      );
    }
    if (!satisfies(version, SUPPORTED, prerelease)) {
      return fail(
        `Node.js ${version}: the application runs without telemetry`,
        `Run it with Node.js ${SUPPORTED}.`,
      );
    }
    if (satisfies(version, GOOD_SYNC_HOOKS, prerelease)) {
      return ok(`Node.js ${version}, synchronous module hooks`);
    }
    return warn(
      `Node.js ${version}: ES modules are hooked in a loader thread, which makes the start slower`,
      'Update to Node.js 22.22.3, 24.11.1 or later of the same line.',
    );
  },
};
