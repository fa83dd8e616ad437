// `npm run docs`: the documentation as a site. See npm run docs -- --help
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from './command-line.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const site = join(root, 'docs-site');
const help = `npm run docs -- [options]

Installs VitePress and TypeDoc, which nothing else needs, into docs-site, builds docs/ and the reference of the public packages into
docs-site/dist, and follows every link of the result. Exit code 1 when one leads nowhere.

  --serve      then serve it on 127.0.0.1, until Ctrl-C
  --port N     where (default 4173)
  --json       print one JSON document (progress goes to standard error)
  --help       this text

BELLWETHER_DOCS_BASE is the path below which it will be published (default /).
`;
const options = readOptions();
const say = (text) => process.stderr.write(`${text}\n`);

install();
const result = run(['node', 'build.mjs'], 'pipe');
const built = JSON.parse(result.stdout.trim().split('\n').at(-1) || '{}');
process.stdout.write(
  options.json
    ? `${JSON.stringify(built, null, 2)}\n`
    : `${built.pages} pages, ${built.links} links, ${built.broken.length} lead nowhere: ${built.folder}\n`,
);
if (result.status !== 0) process.exit(result.status);
if (options.serve)
  run(['vitepress', 'preview', '.', '--host', '127.0.0.1', '--port', options.port], 2);

function install() {
  const modified = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);
  const list = join(site, 'node_modules/.package-lock.json');
  if (modified(list) > modified(join(site, 'package-lock.json'))) return;
  say('packages of docs-site ...');
  const { status } = run(['npm', 'install', '--no-save', '--no-audit', '--no-fund'], 2);
  if (status !== 0) process.exit(status);
}

function run([command, ...args], output) {
  const bin = [join(site, 'node_modules/.bin'), join(root, 'node_modules/.bin')];
  const env = { ...process.env, PATH: [...bin, process.env.PATH].join(':') };
  // Of `npm run --json`: npm itself would take it for its own.
  delete env.npm_config_json;
  const result = spawnSync(command, args, {
    cwd: site,
    env,
    stdio: ['ignore', output, 2],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.error) throw result.error;
  if (output === 'pipe' && !result.stdout.trim()) process.exit(result.status || 1);
  return result;
}

function readOptions() {
  return readCommandLine({
    command: 'npm run docs',
    help,
    options: {
      serve: { type: 'boolean', default: false },
      port: { type: 'string', default: '4173' },
      json: { type: 'boolean', default: false },
    },
    read: (values) => {
      if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
        throw new Error(`Expected --port to be an integer from 0 to 65535, got ${values.port}`);
      return values;
    },
  });
}
