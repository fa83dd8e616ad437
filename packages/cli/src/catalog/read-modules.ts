import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import type { FromModuleReader, ReadModule } from './module-reader-messages.ts';

const TIMEOUT_MS = 30_000;

/**
 * Imports modules of the user, absolute paths, TypeScript too, in one process of their own, and says what they export.
 * Throws ERR_CATALOG_FILE for a file that is not there, that throws, that ends its process, or that is not done after 30 s.
 */
export async function readModules(
  context: Context,
  files: readonly string[],
  { timeoutMs = TIMEOUT_MS }: { readonly timeoutMs?: number } = {},
): Promise<readonly ReadModule[]> {
  for (const file of files) {
    if (!existsSync(file)) throw problem(context, file, 'a file', 'none of that name');
  }
  const child = spawnReader(context, files);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-4_000);
    });
  }
  try {
    return await modulesFrom(child, context, files, timeoutMs, () => printed);
  } finally {
    child.kill('SIGKILL');
  }
}

function modulesFrom(
  child: ChildProcess,
  context: Context,
  files: readonly string[],
  timeoutMs: number,
  printed: () => string,
): Promise<readonly ReadModule[]> {
  const modules: ReadModule[] = [];
  return new Promise((resolve, reject) => {
    const current = () => files[modules.length] as string;
    const fail = (got: string) =>
      reject(problem(context, current(), 'a module that can be imported', got));
    const late = setTimeout(
      () => fail(`none that is done after ${timeoutMs / 1000} s; is it the app itself?`),
      timeoutMs,
    );
    child.once('error', (error) => fail(error.message));
    child.once('close', (code, signal) => {
      clearTimeout(late);
      if (modules.length === files.length) return;
      const last = printed().trim().split('\n').slice(-5).join('\n  ');
      fail(
        `the end of its process (${signal ?? `exit code ${code}`})${last === '' ? '' : `:\n  ${last}`}`,
      );
    });
    child.on('message', (message: FromModuleReader) => {
      if (message.type === 'failed') fail(`an error: ${message.message}`);
      else modules.push(message.module);
      if (modules.length === files.length) resolve(modules);
    });
  });
}

function spawnReader({ cwd, env, execPath }: Context, files: readonly string[]): ChildProcess {
  // From the sources in our own tests, from the bundle everywhere else.
  const name = import.meta.url.endsWith('.ts') ? './module-reader.ts' : './module-reader.js';
  const reader = fileURLToPath(new URL(name, import.meta.url));
  return spawn(execPath, ['--disable-warning=ExperimentalWarning', reader, ...files], {
    cwd,
    env: { ...withoutPreload(env), OTEL_SDK_DISABLED: 'true', BELLWETHER_ENABLED: 'false' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
}

/** What instruments the application must not load where only its catalog is read. */
function withoutPreload({ NODE_OPTIONS: _, ...env }: Context['env']): Context['env'] {
  return env;
}

function problem({ cwd }: Context, file: string, expected: string, got: string): CliError {
  return new CliError(
    'ERR_CATALOG_FILE',
    `Expected ${relative(cwd, file) || file} to be ${expected}, got ${got}`,
  );
}
