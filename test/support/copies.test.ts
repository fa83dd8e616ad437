import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copiesIn } from './copies.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function lock(places: Readonly<Record<string, string>>): Promise<string> {
  const file = join(await temporaryFolder('lock'), 'package-lock.json');
  const packages = Object.entries(places).map(([place, version]) => [place, { version }]);
  await writeFile(file, JSON.stringify({ packages: Object.fromEntries(packages) }));
  return file;
}

test('a nested copy is a duplicate, in a workspace too', async () => {
  const { duplicates } = copiesIn(
    await lock({
      'node_modules/@opentelemetry/core': '3.0.0',
      'packages/sdk/node_modules/@opentelemetry/core': '3.0.1',
      'node_modules/@opentelemetry/api': '1.10.0',
    }),
  );
  expect(duplicates).toEqual({
    '@opentelemetry/core': [
      'node_modules/@opentelemetry/core@3.0.0',
      'packages/sdk/node_modules/@opentelemetry/core@3.0.1',
    ],
  });
});

test('the pair of @prisma/instrumentation is excused, and only there', async () => {
  const { duplicates, exceptions } = copiesIn(
    await lock({
      'node_modules/@opentelemetry/instrumentation': '0.300.0',
      'node_modules/@prisma/instrumentation/node_modules/@opentelemetry/instrumentation': '0.207.0',
      'node_modules/import-in-the-middle': '3.6.0',
      'node_modules/other/node_modules/import-in-the-middle': '2.0.6',
    }),
  );
  expect(Object.keys(duplicates)).toEqual(['import-in-the-middle']);
  expect(exceptions).toHaveLength(1);
});
