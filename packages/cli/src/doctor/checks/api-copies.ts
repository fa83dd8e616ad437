import major from 'semver/functions/major.js';
import minor from 'semver/functions/minor.js';
import valid from 'semver/functions/valid.js';
import { sdkOfApp } from '../app/sdk-of-app.ts';
import { type Check, fail, ok, warn } from '../check.ts';

const API = '@opentelemetry/api';

/**
 * Copies meet in one global. A copy finds what another one registered if the major version is the same and its own minor is not
 * newer; a registration by another version is refused (https://github.com/open-telemetry/opentelemetry-js/tree/main/api#upgrade-guidelines).
 */
export const apiCopies: Check = {
  id: 'api-copies',
  group: 'app',
  title: 'One copy of @opentelemetry/api',
  needs: ['sdk'],
  run({ app }) {
    const graph = app?.packages();
    const sdk = app && sdkOfApp(app);
    const copies = graph?.copiesOf(API) ?? [];
    const ours = sdk && graph?.resolve(API, sdk.folder);
    const [first] = copies;
    if (first === undefined || ours === undefined) return ok('no copy: the next row says it');
    const other = copies.filter(({ version }) => version !== ours.version);
    if (other.length === 0) {
      return ok(
        copies.length === 1
          ? first.version
          : `${copies.length} copies of ${first.version}: they meet in one global`,
      );
    }
    const said = copies.map(({ version, neededBy }) => `${version} (${neededBy})`).join(', ');
    const hint = `npm dedupe, or bring them to ${ours.version} by "overrides" in package.json; npm ls ${API} shows who needs which.`;
    const deaf = other.some(
      ({ version }) =>
        valid(version) === null ||
        major(version) !== major(ours.version) ||
        minor(version) > minor(ours.version),
    );
    return deaf
      ? fail(`Copies that do not see our SDK: ${said}; what is recorded through them is lost`, hint)
      : warn(`Several versions: ${said}; if an older one registers first, ours is refused`, hint);
  },
};
