import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pack } from './pack.ts';
import { publicPackages, root } from './repository.ts';
import { temporaryFolder } from './temporary-folder.ts';

/**
 * A registry of npm that has what we publish and nothing else, for the scope `@bellwether`: `npm install @bellwether/sdk` then takes what `npm pack`
 * made of the build. Listens on 127.0.0.1; throws when a build is missing.
 */
export async function packageRegistry() {
  const packages = publicPackages();
  const tarballs = await pack(packages, await temporaryFolder('registry'));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    const tarball = Object.entries(tarballs).find(([name]) => path === `${name}.tgz`)?.[1];
    if (tarball !== undefined) return void response.end(readFileSync(tarball));
    const found = packages.find(({ name }) => name === path);
    if (found === undefined) return void response.writeHead(404).end('{}');
    const manifest = JSON.parse(readFileSync(join(root, found.folder, 'package.json'), 'utf8'));
    const bytes = readFileSync(tarballs[found.name] ?? '');
    const dist = {
      tarball: `${url}${found.name}.tgz`,
      integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
    };
    const { version } = manifest as { readonly version: string };
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        name: found.name,
        'dist-tags': { latest: version },
        versions: { [version]: { ...manifest, dist } },
      }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
