import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { CliError } from '../cli-error.ts';
import { MANIFEST } from './manifest.ts';
import type { OutputPlan } from './plan-output.ts';

/** Carries a plan out. Each file is replaced in one step, so that nobody ever reads half of one. */
export function writeOutput(folder: string, plan: OutputPlan, pid: number): void {
  try {
    write(folder, plan, pid);
  } catch (error) {
    const { code, path = folder } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CliError(
      'ERR_OUTPUT_FOLDER',
      `Expected ${folder} to be a folder that we can write to, got ${code} at ${path}; correct its owner or mode, or choose another --out.`,
      { cause: error },
    );
  }
}

function write(folder: string, { files, removed }: OutputPlan, pid: number): void {
  for (const path of removed) {
    const file = join(folder, path);
    rmSync(file, { force: true });
    removeEmpty(dirname(file), folder);
  }
  // The manifest before what it lists: a run that was stopped in the middle is then repaired by the next.
  const manifest = files.filter(({ path }) => path === MANIFEST);
  const others = files.filter(({ path }) => path !== MANIFEST);
  for (const { path, text, state } of [...manifest, ...others]) {
    if (state === 'same') continue;
    const file = join(folder, path);
    const fresh = `${file}.${pid}.tmp`;
    makeFolder(dirname(file));
    try {
      writeFileSync(fresh, text);
      renameSync(fresh, file);
    } finally {
      rmSync(fresh, { force: true });
    }
  }
}

/** With its parents. Not `recursive`, which never ends where the kernel refuses, as below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** Folders that only held what was removed go with it. */
function removeEmpty(folder: string, root: string): void {
  if (folder === root || !folder.startsWith(root) || readdirSync(folder).length > 0) return;
  rmdirSync(folder);
  removeEmpty(dirname(folder), root);
}
