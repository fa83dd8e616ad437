import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const { tryAgain } = (await import(
  pathToFileURL(join(root, 'scripts/test/try-again.mjs')).href
)) as {
  tryAgain: (report: string, vitest: (files: string[], report: string) => number) => number;
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'try-again-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  write('vitest.config.mjs', 'export default { test: { include: ["*.case.mjs"] } };');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

const cases = (body: string) =>
  `import { existsSync, writeFileSync } from 'node:fs';
   import { expect, test } from 'vitest';
   ${body}`;

const once = (name: string) =>
  `test('unlucky', () => {
     const seen = existsSync('${name}.seen');
     writeFileSync('${name}.seen', '');
     expect(seen).toBe(true);
   });`;

const vitest = (files: string[], report: string) =>
  spawnSync(
    join(root, 'node_modules/.bin/vitest'),
    [
      ...['run', '--root', folder, '--reporter=json', `--outputFile.json=${report}`],
      `--reporter=${join(root, 'scripts/test/report-outside-errors.mjs')}`,
      ...files,
    ],
    { cwd: folder, env: { ...process.env, CI: 'true', TEST_REPORT: report } },
  ).status ?? 1;

function runTwice() {
  const report = join(folder, 'report.json');
  const first = vitest([], report);
  const second = tryAgain(report, vitest);
  const { flaky, numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  return { first, second, flaky, numPassedTests, numFailedTests };
}

test('what passes alone is no failure, and is named', { timeout: 120_000 }, () => {
  write('good.case.mjs', cases(`test('good', () => {});`));
  write('bad-luck.case.mjs', cases(`test('before', () => {}); ${once('bad-luck')}`));
  expect(runTwice()).toEqual({
    first: 1,
    second: 0,
    flaky: ['unlucky'],
    numPassedTests: 3,
    numFailedTests: 0,
  });
});

test('what fails again has failed', { timeout: 120_000 }, () => {
  write('bad.case.mjs', cases(`test('bad', () => expect(1).toBe(2)); ${once('bad')}`));
  expect(runTwice()).toEqual({
    first: 1,
    second: 1,
    flaky: ['unlucky'],
    numPassedTests: 1,
    numFailedTests: 1,
  });
});

test('many files, or one that does not load, are not tried again', { timeout: 120_000 }, () => {
  for (const name of ['a', 'b', 'c', 'd']) write(`${name}.case.mjs`, cases(once(name)));
  expect(runTwice()).toMatchObject({ second: 1, flaky: undefined, numFailedTests: 4 });
  for (const name of ['a', 'b', 'c']) rmSync(join(folder, `${name}.case.mjs`));
  write('d.case.mjs', cases(`throw new Error('does not load');`));
  expect(runTwice()).toMatchObject({ first: 1, second: 1, flaky: undefined });
});

test('an error outside of every test is not forgotten with a test that had bad luck', {
  timeout: 120_000,
}, () => {
  write('bad-luck.case.mjs', cases(once('bad-luck')));
  write(
    'outside.case.mjs',
    cases(`test('leaves', async () => {
      queueMicrotask(() => { throw new Error('outside'); });
      await new Promise((resolve) => setTimeout(resolve, 50));
    });`),
  );
  expect(runTwice()).toMatchObject({ first: 1, second: 1, flaky: undefined });
});
