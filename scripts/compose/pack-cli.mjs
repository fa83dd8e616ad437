// Packs what the image of the backups holds into a folder: node scripts/compose/pack-cli.mjs <folder>. Builds what it needs.
import { packWorkspaces, targetFolder } from './pack-workspaces.mjs';

packWorkspaces(targetFolder(), {
  workspaces: {
    'packages/meters': ['dist'],
    'packages/mixin': ['dist'],
    'packages/cli': ['dist', 'bin'],
  },
  build: ['meters', 'mixin', 'cli'],
  // The optional ones are PostgreSQL's servers for each platform.
  install: ['--omit=optional'],
});
