// Packs what the image of the shop holds into a folder: node scripts/compose/pack-shop.mjs <folder>. Builds what it needs.
import { basename } from 'node:path';
import {
  manifestOf,
  packWorkspaces,
  targetFolder,
  workspacesNeededBy,
} from './pack-workspaces.mjs';

const shop = 'examples/shop';
const needed = workspacesNeededBy(shop);
const { yaml } = manifestOf('packages/cli').dependencies;

packWorkspaces(targetFolder(), {
  workspaces: {
    ...Object.fromEntries(needed.map((folder) => [folder, ['dist']])),
    [shop]: ['dist', 'prisma/migrations', 'public'],
  },
  // What makes Alertmanager's file runs in this image too.
  files: [
    'compose/render-alertmanager.mjs',
    'compose/channels-log.json',
    'compose/channels-mailpit.json',
    'packages/cli/src/stack/render-alertmanager-config.ts',
    'packages/cli/src/stack/stack-settings.ts',
  ],
  generate: [shop],
  build: [...needed, shop].map((folder) => basename(folder)),
  install: [`yaml@${yaml}`],
});
