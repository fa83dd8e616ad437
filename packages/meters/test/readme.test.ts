import { readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runProgram } from '@bellwether/testkit';
import { expect, onTestFinished, test } from 'vitest';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test('the example of the README runs and gives what it says', async () => {
  const readme = await readFile(here('../README.md'), 'utf8');
  const [, example] = /<!-- example.mjs.*?-->\n```js\n(.*?)```/s.exec(readme) ?? [];
  const file = here(`./programs/readme-${process.pid}.mjs`);
  onTestFinished(() => rm(file, { force: true }));
  await writeFile(
    file,
    `${example}
import { takeOver } from '@bellwether/meters/runtime';
console.log(JSON.stringify(takeOver().collectNow().find(({ scope }) => scope.name === 'shop').metrics));
`,
  );
  const program = runProgram({ file });
  await program.exited;
  expect(program.stderr).toBe('');
  const metrics = JSON.parse(program.stdout) as { descriptor: { name: string }; dataPoints: [] }[];
  const values = metrics.map(({ descriptor, dataPoints }) => [
    descriptor.name,
    dataPoints.map(({ attributes, value }) => [attributes['tenant.id'], value]),
  ]);
  expect(Object.fromEntries(values)).toMatchObject({
    'saas.mrr': [['acme', 129_900]],
    'shop.orders.placed': [
      ['acme', 2],
      ['globex', 1],
    ],
    'shop.checkout.duration': [['acme', { count: 1, sum: 0.3 }]],
  });
});
