import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readModules } from '../src/catalog/read-modules.ts';
import { processContext } from '../src/context.ts';
import { userProject } from './user-project.ts';

const METERS = `import { counter, defineMeters } from '@bellwether/meters';\n`;
const ORDERS = `defineMeters('app', { orders: counter('app.orders', { unit: '{order}' }) })`;

async function read(files: Readonly<Record<string, string>>, timeoutMs = 20_000) {
  const cwd = userProject(files);
  const [file = ''] = Object.keys(files);
  const [module] = await readModules({ ...processContext(), cwd }, [join(cwd, file)], {
    timeoutMs,
  });
  return {
    exports: module?.exports,
    names: module?.catalogs.flatMap(({ instruments }) => instruments.map(({ name }) => name)),
    spec: module?.spec,
  };
}

test('JavaScript, whatever else it does: print, listen, time, wait', async () => {
  const noise = `
    console.log('{"not": "ours"}'); console.error('noise');
    setInterval(() => {}, 1000);
    (await import('node:http')).createServer().listen(0);`;
  const { names, exports } = await read({
    'meters.mjs': `${METERS}${noise}\nexport const meters = ${ORDERS};\nexport const other = 1;`,
  });
  expect(names).toEqual(['app.orders']);
  expect(exports).toEqual(['meters', 'other']);
});

test('TypeScript: types, an enum, and imports that say .js, .ts or nothing', async () => {
  const { names } = await read({
    'meters.ts': `${METERS}
      import { unit } from './unit.js';
      import { name } from './name.ts';
      import { description } from './text';
      enum Kind { A = 'a' }
      type Names = Record<string, string>;
      const all: Names = { [Kind.A]: name };
      export const meters = defineMeters('app', {
        orders: counter(all.a satisfies string | undefined as string, { unit, description }),
      });`,
    'unit.ts': `export const unit: string = '{order}';`,
    'name.ts': `export const name: string = 'app.orders';`,
    'text/index.ts': `export const description: string = 'Orders';`,
  });
  expect(names).toEqual(['app.orders']);
});

test('TypeScript in a package that is built to CommonJS, or says nothing', async () => {
  for (const type of ['{ "type": "commonjs" }', '{}']) {
    const text = `${METERS}export const meters = ${ORDERS};`;
    const { names } = await read({ 'src/meters.ts': text, 'package.json': type });
    expect(names).toEqual(['app.orders']);
  }
});

test('meters exported twice are one catalog; a spec may hold the meters themselves', async () => {
  const { names, spec } = await read({
    'a.mjs': `${METERS}export const meters = ${ORDERS};\nexport { meters as again };
      export default { catalogs: [meters], tenantBudget: 7 };`,
  });
  expect(names).toEqual(['app.orders']);
  expect(spec).toMatchObject({ tenantBudget: 7, catalogs: [{ scope: 'app' }] });
});

test.each([
  [
    'throws',
    `throw new Error('no DATABASE_URL')`,
    /Expected a\.mjs to be .*an error: no DATABASE_URL/,
  ],
  ['has a mistake in its syntax', 'const = 1', /an error: /],
  ['ends its process', `console.error('bye'); process.exit(3)`, /exit code 3\):\n\s+bye/],
  [
    'throws later',
    'await new Promise(() => setTimeout(() => { throw new Error("later") }))',
    /later/,
  ],
  ['imports what is not there', `import './none.js'`, /an error: .*none\.js/],
])('a module that %s', async (_, text, message) => {
  await expect(read({ 'a.mjs': text })).rejects.toThrow(message);
});

test('TypeScript that imports and exports nothing says its own error', async () => {
  await expect(read({ 'meters.ts': `throw new Error('no DATABASE_URL');` })).rejects.toThrow(
    /an error: no DATABASE_URL/,
  );
});

test('a module that is never done', async () => {
  const waits = 'setInterval(() => {}, 1000); await new Promise(() => {});';
  await expect(read({ 'a.mjs': waits }, 1_000)).rejects.toThrow(/none that is done after 1 s/);
});

test('a file that is not there', async () => {
  const cwd = userProject({});
  const reading = readModules({ ...processContext(), cwd }, [join(cwd, 'none.ts')]);
  await expect(reading).rejects.toThrow('Expected none.ts to be a file, got none of that name');
});
