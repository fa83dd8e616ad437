import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const compressions = {
  br: (text: Buffer) =>
    promisify(brotliCompress)(text, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
    }),
  gz: (text: Buffer) => promisify(gzip)(text, { level: constants.Z_BEST_COMPRESSION }),
};

/**
 * Puts `name.br` and `name.gz` beside every text of `assets/`, for the server to send as they are: as small as it gets, at no cost for
 * each reader. Fonts are compressed already.
 */
export const compressAssets = (): Plugin => ({
  name: 'compress-assets',
  apply: 'build',
  async writeBundle({ dir = '' }) {
    const assets = join(dir, 'assets');
    const texts = readdirSync(assets).filter((name) => /\.(css|js|svg)$/.test(name));
    await Promise.all(
      texts.flatMap((name) =>
        Object.entries(compressions).map(async ([suffix, compress]) => {
          const path = join(assets, name);
          writeFileSync(`${path}.${suffix}`, await compress(readFileSync(path)));
        }),
      ),
    );
  },
});
