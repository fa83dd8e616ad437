import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputPlan } from './plan-output.ts';

/** Carries a plan out. Each file is replaced in one step, so that nobody ever reads half of one. */
export function writeOutput(folder: string, { files, removed }: OutputPlan, pid: number): void {
  for (const { path, text, state } of files) {
    if (state === 'same') continue;
    const file = join(folder, path);
    const fresh = `${file}.${pid}.tmp`;
    mkdirSync(dirname(file), { recursive: true });
    try {
      writeFileSync(fresh, text);
      renameSync(fresh, file);
    } finally {
      rmSync(fresh, { force: true });
    }
  }
  for (const path of removed) {
    const file = join(folder, path);
    rmSync(file, { force: true });
    removeEmpty(dirname(file), folder);
  }
}

/** Folders that only held what was removed go with it. */
function removeEmpty(folder: string, root: string): void {
  if (folder === root || !folder.startsWith(root) || readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  removeEmpty(dirname(folder), root);
}
