import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The folder that was asked for, or a new one that is removed after a run that ended well. */
export function dataFolder(asked, say) {
  const path = asked === undefined ? mkdtempSync(join(tmpdir(), 'bellwether-')) : resolve(asked);
  return {
    path,
    leave(well) {
      if (asked === undefined && well) rmSync(path, { recursive: true, force: true });
      else say(`Data and logs are in ${path}`);
    },
  };
}
