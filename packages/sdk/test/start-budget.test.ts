import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';

/** A few percent above what it is: raise one only for something that every application needs at once. */
const budget = {
  bytes: 412_000,
  files: ['register.js', 'start-*.js', 'start-sdk-*.js'],
  /** Modules of Node.js that an application without the preload does not load. */
  builtins: 50,
};

const advice =
  'Import what only some applications need where it is needed: `await import()`, loadNow() or process.getBuiltinModule(). See docs/decisions/0017-one-file-to-start.md';

const program = (name: string) => fileURLToPath(new URL(`programs/${name}`, import.meta.url));

interface Loaded {
  readonly builtins: readonly string[];
  readonly files: readonly string[];
}

async function loadedWith(imports: readonly string[]): Promise<Loaded> {
  const run = runProgram({
    file: program('sdk-start-cost.cjs'),
    imports: [program('sdk-watch-loads.mjs'), ...imports],
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { BELLWETHER_PREAMBLE: 'false', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' },
  });
  expect(await run.exited, run.stderr).toMatchObject({ code: 0 });
  return JSON.parse(run.stdout) as Loaded;
}

const bare = await loadedWith([]);
const ours = await loadedWith(['@bellwether/sdk/register']);
const files = ours.files
  .filter((url) => !bare.files.includes(url))
  .map((url) => fileURLToPath(url));

test('the preload loads the files of the bundle and no others', () => {
  const names = files.map((file) => basename(file).replace(/-[\w-]{8}\.js$/, '-*.js'));
  expect(names.sort(), `more files than the default path needs. ${advice}`).toEqual(budget.files);
});

test('the bundle is no larger than its budget', async () => {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const what = files.map((file, index) => `${basename(file)} ${sizes[index]}`).join(', ');
  expect(bytes, `the preload grew: ${what}. ${advice}`).toBeLessThanOrEqual(budget.bytes);
  // A budget far above what is there notices nothing.
  expect(bytes, 'the preload shrank: lower the budget').toBeGreaterThan(budget.bytes * 0.8);
});

test('it brings few modules of Node.js along', () => {
  const more = ours.builtins.filter((name) => !bare.builtins.includes(name));
  expect(more.length, `${more.join(', ')}. ${advice}`).toBeLessThanOrEqual(budget.builtins);
  const heavy = ['tls', 'crypto', 'zlib', 'child_process', 'http2', 'internal/deps/undici/undici'];
  expect(more.filter((name) => heavy.includes(name.replace('NativeModule ', '')))).toEqual([]);
});
