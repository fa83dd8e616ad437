import { spawn } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { CliError } from '../cli-error.ts';
import { sendSignal } from '../context.ts';
import type { GoToolchain } from './go-toolchain.ts';
import { buildFlags, type ServerRow } from './server-table.ts';

/** Builds one server to `target`: to a file beside it first, then renamed, so `target` is whole or absent. */
export async function buildServer(
  row: ServerRow,
  options: {
    readonly moduleFolder: string;
    readonly target: string;
    readonly go: GoToolchain;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<void> {
  const { moduleFolder, target, go, signal } = options;
  mkdirSync(dirname(target), { recursive: true });
  const temporary = `${target}.building`;
  const args = ['build', ...buildFlags(row), '-o', temporary, row.package];
  try {
    const { code, output } = await runGroup(go.file, args, moduleFolder, go.env, signal);
    if (code !== 0) {
      throw new CliError(
        'ERR_BUILD_FAILED',
        `Expected \`go build\` of ${row.name} ${row.version} to succeed, got exit code ${code} in ${join('tools', row.folder)}:\n${lastLines(output, 12)}`,
      );
    }
    renameSync(temporary, target);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** In a process group of its own: the compilers that `go build` starts end with it. */
function runGroup(
  file: string,
  args: readonly string[],
  cwd: string,
  env: GoToolchain['env'],
  signal: AbortSignal | undefined,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(file, args, {
      cwd,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    const stop = () => {
      if (child.pid !== undefined) sendSignal(-child.pid, 'SIGKILL');
    };
    signal?.addEventListener('abort', stop, { once: true });
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      output = (output + chunk).slice(-100_000);
    });
    child.on('spawn', () => beNice(child.pid));
    child.on('error', reject);
    child.on('close', (code) => {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted) reject(signal.reason);
      else resolve({ code, output });
    });
  });
}

function beNice(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Politeness only: a system that refuses it builds all the same.
  }
}

const lastLines = (text: string, count: number) =>
  text.trimEnd().split('\n').slice(-count).join('\n');
