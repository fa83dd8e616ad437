// Builds the packages in the order in which they need each other: node scripts/build.mjs [name ...]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const order = [
  'packages/meters',
  'packages/testkit',
  'packages/sdk',
  'packages/mixin',
  'packages/cli',
  'packages/admin',
  'examples/shop',
];
const wanted = process.argv.slice(2);
const chosen =
  wanted.length === 0 ? order : order.filter((folder) => wanted.includes(folder.split('/')[1]));
const unknown = wanted.filter((name) => !order.some((folder) => folder.endsWith(`/${name}`)));
if (unknown.length > 0) {
  console.error(
    `Expected names of packages (${order.map((f) => f.split('/')[1]).join(', ')}), got ${unknown.join(', ')}.`,
  );
  process.exit(2);
}

for (const folder of chosen) {
  if (!existsSync(`${root}/${folder}/tsdown.config.ts`)) continue;
  run(folder, 'tsdown', '--log-level', 'error');
  if (existsSync(`${root}/${folder}/page/vite.config.ts`))
    run(folder, 'vite', 'build', '--config', 'page/vite.config.ts', '--logLevel', 'warn');
}

function run(folder, command, ...args) {
  const { status } = spawnSync(`${root}/node_modules/.bin/${command}`, args, {
    cwd: `${root}/${folder}`,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${root}/node_modules/.bin:${process.env.PATH}` },
  });
  if (status !== 0) process.exit(status ?? 1);
}
