import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '@bellwether/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodes } from './run-with-sdk.ts';

const libraries = {
  'cjs-lib': {
    'index.js': `exports.hello = () => 'hello'; exports.inner = require('./lib/inner.js');`,
    'lib/inner.js': `exports.deep = () => 'deep';`,
  },
  'function-lib': { 'index.js': `module.exports = () => 'function'; module.exports.extra = 1;` },
  'esm-lib': { 'index.js': `export const hello = () => 'hello'; export default () => 'default';` },
  'failing-lib': { 'index.js': `exports.hello = () => 'hello';` },
  'tail-lib': { 'index.js': `exports.loaded = true;` },
};
const app = {
  'app.mjs': `
    import { lookup } from 'node:dns';
    import cjs, { hello } from 'cjs-lib';
    import esm, * as named from 'esm-lib';
    import failing from 'failing-lib';
    import fn from 'function-lib';
    import 'tail-lib';
    export const run = () => [hello(), cjs.hello(), cjs.inner.deep(), fn(), fn.extra, named.hello(), esm(), failing.hello(), typeof lookup];`,
  'app.cjs': `
    const { lookup } = require('node:dns');
    const cjs = require('cjs-lib');
    const esm = require('esm-lib');
    const failing = require('failing-lib');
    const fn = require('function-lib');
    require('tail-lib');
    exports.run = () => [cjs.hello, cjs.hello].map((f) => f()).concat(cjs.inner.deep(), fn(), fn.extra, esm.hello(), esm.default(), failing.hello(), typeof lookup);`,
};
const expected = [
  'patched hello',
  'patched hello',
  'patched deep',
  'patched function',
  1,
  'patched hello',
  'patched default',
  'hello',
  'function',
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bellwether-hooks-'));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  for (const [name, files] of Object.entries(libraries)) {
    const type = name === 'esm-lib' ? 'module' : 'commonjs';
    await write(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: '1.2.3', type, main: 'index.js' }),
    );
    for (const [file, text] of Object.entries(files)) {
      await write(`node_modules/${name}/${file}`, text);
    }
  }
  for (const [file, text] of Object.entries(app)) await write(file, text);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(nodes)('%s', (node) => {
  test.each([
    ['import', ['import']],
    ['require', ['require']],
    ['import,require', ['import', 'require']],
    ['require,import', ['require', 'import']],
  ])('%s: every library is patched, exactly once', async (order, ways) => {
    const program = runProgram({
      file: fileURLToPath(new URL('programs/sdk-module-hooks.mjs', import.meta.url)),
      args: [folder, order],
      node,
      nodeArgs: ['--experimental-strip-types', '--no-warnings'],
    });
    expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
    const { calls, seen } = JSON.parse(program.stdout) as { calls: string[]; seen: object };
    expect(seen).toEqual(Object.fromEntries(ways.map((way) => [way, expected])));
    expect([...calls].sort()).toEqual([
      'cjs-lib/lib/inner.js',
      'cjs-lib@1.2.3',
      'dns',
      'esm-lib@1.2.3',
      'first use of tail-lib',
      'function-lib',
    ]);
  });
});

test.each([
  ['import', 'cjs-old', 'cjs-old'],
  ['require', 'cjs-old', 'cjs-old'],
  ['import', 'cjs-linked', '.store/cjs-lib/node_modules/cjs-lib'],
])('%s: a library under another name, %s in %s, is patched', async (order, alias, place) => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'bellwether-alias-'));
  const modules = join(elsewhere, 'node_modules');
  await cp(join(folder, 'node_modules/cjs-lib'), join(modules, place), { recursive: true });
  if (place !== alias) await symlink(join(modules, place), join(modules, alias));
  const run = 'run = () => [lib.hello(), lib.inner.deep()];';
  await writeFile(join(elsewhere, 'app.mjs'), `import lib from '${alias}'; export const ${run}`);
  await writeFile(join(elsewhere, 'app.cjs'), `const lib = require('${alias}'); exports.${run}`);
  const program = runProgram({
    file: fileURLToPath(new URL('programs/sdk-module-hooks.mjs', import.meta.url)),
    args: [elsewhere, order],
    nodeArgs: ['--experimental-strip-types', '--no-warnings'],
  });
  expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
  await rm(elsewhere, { recursive: true, force: true });
  const { calls, seen } = JSON.parse(program.stdout) as { calls: string[]; seen: object };
  expect(seen).toEqual({ [order]: ['patched hello', 'patched deep'] });
  expect(calls.sort()).toEqual(['cjs-lib/lib/inner.js', 'cjs-lib@1.2.3']);
});

test('a builtin that there is not is refused as without us', async () => {
  const file = fileURLToPath(new URL('programs/builtin-odd.mjs', import.meta.url));
  const bare = runProgram({ file });
  const ours = runProgram({ file, imports: [import.meta.resolve('@bellwether/sdk/register')] });
  expect(await ours.exited, ours.stderr).toEqual(await bare.exited);
  expect(ours.stdout).toBe(bare.stdout);
});
