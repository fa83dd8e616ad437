import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of all files below a folder. */
export function folderBytes(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? folderBytes(path) : lstatSync(path).size);
  }, 0);
}

/** Blocks of a TSDB or a bucket: samples, series, and bytes of chunks and index. */
export function blocksIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^[0-9A-Z]{26}$/.test(entry.name))
    .map(({ name }) => {
      const block = join(folder, name);
      const { stats, compaction, thanos } = JSON.parse(
        readFileSync(join(block, 'meta.json'), 'utf8'),
      );
      return {
        name,
        samples: stats.numSamples ?? 0,
        series: stats.numSeries ?? 0,
        chunkBytes: folderBytes(join(block, 'chunks')),
        indexBytes: lstatSync(join(block, 'index')).size,
        level: compaction.level,
        labels: thanos?.labels ?? {},
      };
    });
}
