import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Context, processContext } from '../context.ts';
import { ensureServer } from './ensure-server.ts';

let folder: string;
let bin: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ensure-'));
  bin = join(folder, 'bin');
  mkdirSync(bin);
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string, script: string): string {
  const file = join(bin, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const context = (env: Context['env'] = {}): Context => ({
  ...processContext(),
  env: { PATH: `${bin}:/usr/bin:/bin`, XDG_CACHE_HOME: join(folder, 'cache'), ...env },
});

/** A Go that "builds" a script and counts how often. */
const fakeGo = () =>
  program(
    'go',
    `case $1 in
version) echo go version go1.26.8 linux/amd64;;
env) echo https://proxy.golang.org,direct;;
build) echo "$GOPROXY $CGO_ENABLED" >> ${folder}/builds; sleep 0.3
  while [ "$1" != -o ]; do shift; done; printf '#!/bin/sh\\n' > "$2"; chmod +x "$2";;
esac`,
  );

test('a variable comes first', async () => {
  program('promtool', 'echo promtool, version 3.15.0');
  const mine = program('mine', 'true');
  const found = await ensureServer('promtool', { context: context({ BELLWETHER_PROMTOOL: mine }) });
  expect(found).toMatchObject({ file: mine, source: 'variable' });
});

test('a variable that names no program is an error', async () => {
  const wrong = join(folder, 'absent');
  await expect(
    ensureServer('promtool', { context: context({ BELLWETHER_PROMTOOL: wrong }) }),
  ).rejects.toMatchObject({ code: 'ERR_SERVER_BINARY', message: expect.stringContaining(wrong) });
});

test('one on PATH is taken when its version fits, and said', async () => {
  const file = program('promtool', 'echo promtool, version 3.16.2');
  const found = await ensureServer('promtool', { context: context() });
  expect(found).toMatchObject({ file, source: 'path', note: `${file} (3.16.2, from PATH)` });
});

test('an old one on PATH is passed over and said; the build is cached', async () => {
  const old = program('promtool', 'echo promtool, version 2.51.0');
  fakeGo();
  const built = await ensureServer('promtool', { context: context() });
  expect(built.source).toBe('built');
  expect(built.note).toContain(`not ${old}, which is 2.51.0 (need 3.15.0 or newer)`);
  expect(built.file).toContain(join(folder, 'cache/bellwether/servers/promtool-3.15.0-'));
  expect(await ensureServer('promtool', { context: context() })).toMatchObject({
    file: built.file,
    source: 'cache',
  });
});

test('a Collector on PATH without our components is passed over', async () => {
  program(
    'otelcol',
    'if [ "$1" = components ]; then echo "name: filter"; else echo otelcol version 0.155.0; fi',
  );
  fakeGo();
  const { note, source } = await ensureServer('otelcol', { context: context() });
  expect(source).toBe('built');
  expect(note).toContain('lacks file_storage, health_check, span_metrics, otlp_http');
});

test('two at once build once, one after the other', async () => {
  fakeGo();
  const waits: string[] = [];
  const ensure = () =>
    ensureServer('promtool', { context: context(), onProgress: (text) => waits.push(text) });
  const both = await Promise.all([ensure(), ensure()]);
  expect(both.map(({ source }) => source).sort()).toEqual(['built', 'cache']);
  expect(waits).toContainEqual(expect.stringMatching(/waiting for process \d+/));
});

test('a build that fails shows what the compiler said and leaves no binary', async () => {
  program(
    'go',
    'case $1 in version) echo go version go1.26.8 linux/amd64;; env) echo off;; *) echo "main.go:1: no" >&2; exit 1;; esac',
  );
  await expect(ensureServer('promtool', { context: context() })).rejects.toMatchObject({
    code: 'ERR_BUILD_FAILED',
    message: expect.stringContaining('main.go:1: no'),
  });
});
