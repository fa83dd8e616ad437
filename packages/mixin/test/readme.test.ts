import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runProgram } from '@bellwether/testkit';
import { expect, onTestFinished, test } from 'vitest';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test('the example of the README runs and prints what it says', async () => {
  const readme = await readFile(here('../README.md'), 'utf8');
  const [, example = ''] = /<!-- example.mjs.*?-->\n```js\n(.*?)```/s.exec(readme) ?? [];
  const file = here(`./programs/readme-${process.pid}.mjs`);
  await mkdir(here('./programs'), { recursive: true });
  onTestFinished(() => rm(file, { force: true }));
  await writeFile(file, example);
  const program = runProgram({ file });
  await program.exited;
  expect(program.stderr).toBe('');
  const paths = program.stdout.split('\n').map((line) => line.split(' ')[0]);
  expect(paths.length).toBeGreaterThan(50);
  for (const [, path] of readme.matchAll(/`((?:prometheus|docs)\/[\w./-]+)`/g))
    expect(paths).toContain(path);
});
