import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `npm run sbom` of a packed shop beside the packages that lie in it: `{ named, installed, missing }`, the last a list of `name@version`. */
export function trySbom(root, packed) {
  const text = execFileSync(process.execPath, ['scripts/sbom.mjs', '--packed', packed], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 2],
    maxBuffer: 64 * 2 ** 20,
  });
  const purls = new Set(JSON.parse(text).components.map(({ purl }) => decodeURIComponent(purl)));
  const installed = packagesBelow(join(packed, 'node_modules'));
  const missing = installed.filter((name) => !purls.has(`pkg:npm/${name}`));
  return { named: purls.size, installed: installed.length, missing };
}

/** Every package that npm installed there, also below others. Links, which are ours, are left out. */
function packagesBelow(folder) {
  const manifests = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === 'package.json')
    .filter(({ parentPath }) => /\/node_modules\/(@[^/]+\/)?[^/]+$/.test(parentPath))
    .map(({ parentPath }) => JSON.parse(readFileSync(join(parentPath, 'package.json'), 'utf8')));
  return [...new Set(manifests.map(({ name, version }) => `${name}@${version}`))].toSorted();
}
