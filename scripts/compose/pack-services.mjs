// Packs what the image of the services holds into a folder: node scripts/compose/pack-services.mjs <folder>. Builds what it needs.
import { basename } from 'node:path';
import { packWorkspaces, targetFolder, workspacesNeededBy } from './pack-workspaces.mjs';

const services = ['gateway', 'auth', 'users', 'worker', 'chat', 'batch'].map(
  (name) => `examples/${name}`,
);
const needed = [...new Set(services.flatMap(workspacesNeededBy))];
const built = needed.filter((folder) => folder.startsWith('packages/'));
const partsOf = (folder) => [built.includes(folder) ? 'dist' : 'src'];

packWorkspaces(targetFolder(), {
  // Node.js takes the types out of the services' sources itself.
  workspaces: Object.fromEntries(
    [...needed, ...services].map((folder) => [folder, partsOf(folder)]),
  ),
  generate: ['examples/users'],
  build: built.map((folder) => basename(folder)),
});
