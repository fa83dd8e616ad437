import { fileURLToPath } from 'node:url';
import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';

const file = fileURLToPath(new URL('./programs/two-copies.mjs', import.meta.url));

test('two copies of the package share instruments, tenants and catalogs', async () => {
  const program = runProgram({ file });
  await program.exited;
  expect(program.stderr).toBe('');
  expect(JSON.parse(program.stdout)).toEqual({
    other: true,
    tenants: ['acme', true, 'globex'],
    code: 'ERR_METER_DUPLICATE',
    values: [['acme', 3]],
    catalogs: ['shop', 'shop'],
  });
});
