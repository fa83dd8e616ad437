import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/**
 * Links and pictures of the built site that lead nowhere: neither to a file nor, where they name an anchor, to an id of that page. VitePress itself
 * checks pages only.
 */
export function brokenLinks(dist, base = '/') {
  const pages = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.html'),
  );
  const texts = new Map(pages.map((page) => [page, readFileSync(join(dist, page), 'utf8')]));
  const ids = new Map();
  const idsOf = (page) => {
    if (!ids.has(page))
      ids.set(page, new Set([...texts.get(page).matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id)));
    return ids.get(page);
  };
  const broken = [];
  let links = 0;
  for (const [page, text] of texts) {
    for (const [, raw] of text.matchAll(/\b(?:href|src)="([^"]+)"/g)) {
      const link = raw.replaceAll('&amp;', '&');
      if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(link)) continue;
      links += 1;
      const [path, anchor] = link.split('#').map(decodeURIComponent);
      const target = path === '' ? page : resolve(page, path.split('?')[0], base);
      if (target === undefined || !existsSync(join(dist, target))) broken.push({ page, link });
      else if (anchor && texts.has(target) && !idsOf(target).has(anchor))
        broken.push({ page, link });
    }
  }
  return { pages: pages.length, links, broken };
}

function resolve(page, path, base) {
  const full = path.startsWith('/')
    ? path.startsWith(base)
      ? path.slice(base.length)
      : undefined
    : posix.join(dirname(page), path);
  if (full === undefined) return undefined;
  return full === '' || full.endsWith('/') ? posix.join(full, 'index.html') : full;
}
