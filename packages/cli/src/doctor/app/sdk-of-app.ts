import type { InstalledPackage } from './package-graph.ts';
import type { App } from './read-app.ts';

export const SDK = '@bellwether/sdk';

/** The SDK that the application loads. */
export const sdkOfApp = (app: App): InstalledPackage | undefined =>
  app.packages().resolve(SDK, app.folder);
