import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { nodeBinary, nodeVersions } from './support/node-binaries.ts';
import { root } from './support/repository.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const catalog = `
import { counter, defineMeters } from '@bellwether/meters';
import { unit } from './unit.js';
const name = 'app.orders' satisfies string;
export const meters = defineMeters('app', { orders: counter(name as string, { unit }) });
`;

test.each(nodeVersions)(
  'a catalog in TypeScript is read by Node %s without a flag',
  async (version) => {
    const cwd = await temporaryFolder('typescript');
    await symlink(join(root, 'node_modules'), join(cwd, 'node_modules'));
    await writeFile(join(cwd, 'meters.ts'), catalog);
    await writeFile(join(cwd, 'unit.ts'), `export const unit: string = '{order}';\n`);
    const program = runProgram({
      node: await nodeBinary(version),
      file: join(root, 'packages/cli/dist/bin.js'),
      args: ['generate', '--catalog', 'meters.ts', '--out', 'monitoring'],
      cwd,
      timeoutMs: 60_000,
    });
    const exit = await program.exited;
    expect({ ...exit, stderr: program.stderr }).toEqual({ code: 0, signal: null, stderr: '' });
    const reference = await readFile(join(cwd, 'monitoring/docs/reference/metrics.md'), 'utf8');
    expect(reference).toContain('app_orders_total');
  },
);
