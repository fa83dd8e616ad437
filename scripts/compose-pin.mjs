// `npm run compose:pin`: digests for the tags of compose.yaml. Needs nothing but Node. See npm run compose:pin -- --help
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from './command-line.mjs';
import { namedImages } from './compose/registry/named-images.mjs';
import { resolveDigest } from './compose/registry/resolve-digest.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const help = `npm run compose:pin -- [options]

Asks the registries which digest each image of compose.yaml and of our Dockerfiles has today, and writes them to compose.pinned.yaml, to be laid over
compose.yaml: COMPOSE_FILE=compose.yaml:compose.pinned.yaml in .env. A tag may be moved by who owns it; a digest names these bytes and no others.
Writes all of them, or nothing.

  --check                 write nothing; exit with 1 where a tag has another digest by now, or none is written
  --registry NAME=URL     ask this address for images of NAME, such as docker.io=https://mirror.example; again for more
  --output <path>         write there (default: compose.pinned.yaml)
  --json                  print one JSON document
  --help                  this text
`;

const options = read(process.argv.slice(2));
const target = resolve(root, options.output);
try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(
    `npm run compose:pin: ${error.message}. Nothing was written; tags hold as they are.\n`,
  );
  process.exitCode = 1;
}

async function main() {
  const known = existsSync(target) ? readFileSync(target, 'utf8') : '';
  const digests = new Map();
  const rows = [];
  for (const row of namedImages(root)) {
    const { image } = row;
    if (!digests.has(image)) {
      process.stderr.write(`${image} ...\n`);
      digests.set(image, await resolveDigest(image, options.addresses));
    }
    const pinned = `${image}@${digests.get(image)}`;
    rows.push({ ...row, pinned, changed: !known.includes(pinned) });
  }
  const changed = rows.filter((row) => row.changed);
  if (!options.check) writeFileSync(target, render(rows));
  process.stdout.write(
    options.json
      ? `${JSON.stringify(rows, null, 2)}\n`
      : `${changed.map(({ pinned }) => `${pinned}\n`).join('')}${rows.length} images, ${changed.length} ${options.check ? 'have another digest than is written' : 'changed'}\n`,
  );
  return options.check && changed.length > 0 ? 1 : 0;
}

function render(rows) {
  const lines = [
    '# Written by `npm run compose:pin`: the images of compose.yaml by their digests.',
    'services:',
  ];
  for (const service of new Set(rows.map((row) => row.service))) {
    lines.push(`  ${service}:`);
    const own = rows.filter((row) => row.service === service);
    for (const { argument, pinned } of own)
      if (argument === undefined) lines.push(`    image: ${pinned}`);
    const built = own.filter(({ argument }) => argument !== undefined);
    if (built.length > 0) lines.push('    build:', '      args:');
    for (const { argument, pinned } of built) lines.push(`        ${argument}: ${pinned}`);
  }
  return `${lines.join('\n')}\n`;
}

function read(args) {
  return readCommandLine({
    command: 'npm run compose:pin',
    help,
    args,
    options: {
      check: { type: 'boolean', default: false },
      registry: { type: 'string', multiple: true, default: [] },
      output: { type: 'string', default: 'compose.pinned.yaml' },
      json: { type: 'boolean', default: false },
    },
    read: (values) => {
      const addresses = values.registry.map((pair) => {
        const [name, url] = pair.split(/=(.*)/s);
        if (!URL.canParse(url ?? ''))
          throw new Error(`Expected --registry to be NAME=URL, got ${pair}`);
        return [name, url.replace(/\/+$/, '')];
      });
      return { ...values, addresses: Object.fromEntries(addresses) };
    },
  });
}
