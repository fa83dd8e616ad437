// `npm run generate`: the repository's own rules, dashboards, runbooks and reference, from the catalogs of the shop and
// the services around it. npm run generate -- --check writes nothing and fails when something would change.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = ['meters', 'mixin', 'cli'];

const stale = packages.filter(
  (name) => newest(`packages/${name}/src`) > newest(`packages/${name}/dist/index.js`),
);
if (stale.length > 0) run('scripts/build.mjs', ...stale);
run(
  'packages/cli/dist/bin.js',
  ...['generate', '--config', 'examples/monitoring.ts', '--out', '.'],
  ...process.argv.slice(2),
);

run('packages/admin/scripts/generate-catalog.mjs', ...process.argv.slice(2));
run('scripts/chart/copy-files.mjs', ...process.argv.slice(2));

function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** When a file, or the youngest file below a folder, was written; 0 where there is none. */
function newest(path) {
  const file = join(root, path);
  if (!existsSync(file)) return 0;
  const stat = statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(file).map((entry) => newest(join(path, entry))));
}
