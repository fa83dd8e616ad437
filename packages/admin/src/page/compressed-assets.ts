import { existsSync, readdirSync } from 'node:fs';
import { extname } from 'node:path';
import type { RequestHandler } from 'express';

/** What the build puts beside each text, the smaller first. */
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/**
 * Answers with the file that the build has compressed, to who takes it: nothing is compressed for a request. What there is is read once,
 * so a name can lead nowhere else. Everything else goes on to the next handler.
 */
export function compressedAssets(
  folder: string,
  caching: { readonly immutable: boolean; readonly maxAge: string },
): RequestHandler {
  const files = new Set(existsSync(folder) ? readdirSync(folder) : []);
  return (request, response, next) => {
    const name = request.path.slice(1);
    const kinds = encodings.filter(([, suffix]) => files.has(name + suffix));
    if (kinds.length === 0 || !/^(GET|HEAD)$/.test(request.method)) return next();
    response.vary('Accept-Encoding');
    const kind = kinds.find(([encoding]) => request.acceptsEncodings(encoding));
    if (kind === undefined) return next();
    const [encoding, suffix] = kind;
    response.type(extname(name)).set('Content-Encoding', encoding);
    response.sendFile(name + suffix, { root: folder, ...caching });
  };
}
