import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SDK, sdkOfApp } from '../app/sdk-of-app.ts';
import { type Check, fail, ok, skipped, warn } from '../check.ts';

export const sdkInstalled: Check = {
  id: 'sdk',
  group: 'app',
  title: 'The SDK is a dependency',
  run({ app }) {
    if (app === undefined)
      return skipped('no package.json here; name the application by --app <file>');
    if (existsSync(join(app.folder, '.pnp.cjs'))) {
      return skipped("Yarn Plug'n'Play: there is no node_modules folder to look into");
    }
    const graph = app.packages();
    const sdk = sdkOfApp(app);
    if (sdk === undefined) {
      const declared = { ...app.manifest.dependencies, ...app.manifest.optionalDependencies };
      return declared[SDK] === undefined
        ? fail(`${SDK} is not in "dependencies"`, `npm install ${SDK} @opentelemetry/api`)
        : fail(`${SDK} is in package.json and not installed`, 'npm install');
    }
    if (!graph.complete) {
      return warn('More than 20,000 packages: not all were looked at', 'Look at node_modules.');
    }
    const copies = graph.copiesOf(SDK);
    if (copies.length > 1) {
      return warn(
        `${copies.length} copies of ${SDK}: ${copies.map(({ version }) => version).join(', ')}; the first to start stays in charge`,
        `npm dedupe, or ask for one version; npm ls ${SDK} shows who needs which.`,
      );
    }
    return ok(`${SDK} ${sdk.version}`);
  },
};
