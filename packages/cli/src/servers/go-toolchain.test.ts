import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { processContext } from '../context.ts';
import { goToolchain, proxyOnly } from './go-toolchain.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'go-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const contextWithPath = () => ({ ...processContext(), env: { PATH: folder } });

test.each([
  ['https://proxy.golang.org,direct', 'https://proxy.golang.org'],
  ['https://a.example|https://b.example,direct', 'https://a.example|https://b.example'],
  ['direct', 'https://proxy.golang.org'],
  ['', 'https://proxy.golang.org'],
  ['off', 'off'],
])('GOPROXY %j becomes %j', (setting, expected) => {
  expect(proxyOnly(setting)).toBe(expected);
});

test('no Go: one error says what to install or to do instead', async () => {
  await expect(goToolchain(contextWithPath())).rejects.toMatchObject({
    code: 'ERR_GO_MISSING',
    message: expect.stringMatching(/Go >= 1\.26 .* got none on PATH; install it from .*compose/s),
  });
});

test('a Go that is too old is named', async () => {
  const go = join(folder, 'go');
  writeFileSync(go, '#!/bin/sh\necho go version go1.24.1 linux/amd64\n');
  chmodSync(go, 0o755);
  await expect(goToolchain(contextWithPath())).rejects.toMatchObject({
    code: 'ERR_GO_MISSING',
    message: expect.stringContaining('got go version go1.24.1'),
  });
});
