// Packs what the image of the shop holds into a folder: node scripts/compose/pack-shop.mjs <folder>. Builds what it needs.
import { basename } from 'node:path';
import { importedFiles } from './imported-files.mjs';
import {
  manifestOf,
  packWorkspaces,
  targetFolder,
  workspacesNeededBy,
} from './pack-workspaces.mjs';

const shop = 'examples/shop';
const needed = workspacesNeededBy(shop);
/** It makes Alertmanager's file, in this image too. */
const renders = importedFiles('compose/render-alertmanager.mjs');
const { dependencies } = manifestOf('packages/cli');

packWorkspaces(targetFolder(), {
  workspaces: {
    ...Object.fromEntries(needed.map((folder) => [folder, ['dist']])),
    [shop]: ['dist', 'prisma/migrations', 'public'],
  },
  files: [...renders.files, 'compose/channels-log.json', 'compose/channels-mailpit.json'],
  generate: [shop],
  build: [...needed, shop].map((folder) => basename(folder)),
  install: renders.packages.map((name) => `${name}@${dependencies[name]}`),
});
