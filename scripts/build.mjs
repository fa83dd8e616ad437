// `npm run build`: the packages, in the order in which they need each other. See npm run build -- --help
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from './command-line.mjs';

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
const names = order.map((folder) => folder.split('/')[1]);

const chosen = readCommandLine({
  command: 'npm run build',
  help: `npm run build -- [name ...]

Builds these packages, or all, in the order in which they need each other: ${names.join(', ')}.

  --help   this text
`,
  options: {},
  words: true,
  read(_, wanted) {
    const unknown = wanted.filter((name) => !names.includes(name));
    if (unknown.length > 0)
      throw new Error(
        `Expected names of packages (${names.join(', ')}), got ${unknown.join(', ')}`,
      );
    return wanted.length === 0 ? order : order.filter((_, index) => wanted.includes(names[index]));
  },
});

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
