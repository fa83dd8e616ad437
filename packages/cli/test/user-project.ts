import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { Context } from '../src/context.ts';
import { processContext } from '../src/context.ts';
import { runCli } from '../src/run-cli.ts';

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A project of a user in a folder of its own, with the packages of this repository installed. */
export function userProject(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-user-'));
  folders.push(folder);
  symlinkSync(modules, join(folder, 'node_modules'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A command as a user runs it there. */
export async function bellwether(cwd: string, ...args: readonly string[]) {
  const said = { code: 0, out: '', err: '' };
  const context: Context = {
    ...processContext(),
    cwd,
    interactive: false,
    out: (text) => {
      said.out += `${text}\n`;
    },
    err: (text) => {
      said.err += `${text}\n`;
    },
    setExitCode: (code) => {
      said.code = code;
    },
  };
  await runCli(args, context);
  return said;
}
