import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runProgram } from '@bellwether/testkit';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { beforeAll, describe, expect, test } from 'vitest';
import { pack } from './support/pack.ts';
import { publicPackages, root } from './support/repository.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const packages = publicPackages();
let tarballs: Record<string, string> = {};
beforeAll(async () => {
  tarballs = await pack(packages, await temporaryFolder('pack'));
});

test('admin, meters, mixin, sdk and cli are what we publish', () => {
  expect(packages.map(({ name }) => name)).toEqual([
    '@bellwether/admin',
    '@bellwether/cli',
    '@bellwether/meters',
    '@bellwether/mixin',
    '@bellwether/sdk',
  ]);
});

describe.each(packages)('$name', ({ name, folder }) => {
  const tarball = () => tarballs[name] ?? '';

  test('publint finds nothing', async () => {
    const { buffer, byteOffset, byteLength } = await readFile(tarball());
    const bytes = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    const { messages, pkg } = await publint({ strict: true, pack: { tarball: bytes } });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test('its types resolve for every importer of ES modules', async () => {
    const attw = runProgram({
      file: join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js'),
      // Only `exports` are entry points; package.json is there for tools and has no types.
      args: [
        '--profile=esm-only',
        '--format=ascii',
        '--no-color',
        '--exclude-entrypoints=./package.json',
        tarball(),
      ],
      cwd: join(root, folder),
    });
    const { code } = await attw.exited;
    expect(code, attw.stdout + attw.stderr).toBe(0);
    expect(attw.stdout).toContain(name);
  });

  test('it carries its licence, its build and nothing else', async () => {
    const { stdout } = await promisify(execFile)('tar', ['-tzf', tarball()]);
    const files = stdout.trim().split('\n');
    expect(files).toContain('package/LICENSE');
    expect(
      files.filter(
        (file) =>
          !/^package\/(bin\/|dist\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/.test(file),
      ),
    ).toEqual([]);
    expect(files.filter((file) => /\.test\.|\.tsbuildinfo$/.test(file))).toEqual([]);
  });
});
