import satisfies from 'semver/functions/satisfies.js';
import { sdkOfApp } from '../app/sdk-of-app.ts';
import { type Check, fail, ok, skipped } from '../check.ts';

const API = '@opentelemetry/api';

export const apiVersion: Check = {
  id: 'api-version',
  group: 'app',
  title: '@opentelemetry/api as the SDK needs it',
  needs: ['sdk'],
  run({ app }) {
    const sdk = app && sdkOfApp(app);
    const range = sdk?.manifest.peerDependencies?.[API];
    if (app === undefined || sdk === undefined || range === undefined) {
      return skipped('the SDK asks for no version');
    }
    const install = `npm install "${API}@${range}"`;
    const graph = app.packages();
    const found = graph.resolve(API, app.folder) ?? graph.resolve(API, sdk.folder);
    if (found === undefined) return fail(`${API} is not installed`, install);
    return satisfies(found.version, range)
      ? ok(`${found.version} is in ${range}`)
      : fail(`${found.version} is not in ${range}: registrations fail without a word`, install);
  },
};
