import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where our own images are built from, by service, as compose.yaml says. */
const dockerfiles = { shop: 'examples/shop/Dockerfile', collector: 'collector/Dockerfile' };

/**
 * The foreign images of compose.yaml and of our Dockerfiles, as rows `{ service, image }`, with `argument` where a Dockerfile takes it as one.
 */
export function namedImages(root) {
  const text = readFileSync(join(root, 'compose.yaml'), 'utf8');
  const [, services = ''] = /^services:\n([\s\S]*?)^\w/m.exec(text) ?? [];
  const rows = [];
  let service;
  for (const line of services.split('\n')) {
    service = /^ {2}([\w-]+):$/.exec(line)?.[1] ?? service;
    const image = /^ {4}image: (\S+)$/.exec(line)?.[1];
    if (image !== undefined && !image.startsWith('bellwether/')) rows.push({ service, image });
  }
  for (const [name, file] of Object.entries(dockerfiles))
    for (const [, argument, image] of readFileSync(join(root, file), 'utf8').matchAll(
      /^ARG (\w+)=(\S+:\S+)$/gm,
    ))
      rows.push({ service: name, argument, image });
  return rows;
}
