// `npm test`: lint, types, then every test. Arguments go to vitest: npm test -- --project meters
// TEST_REPORT names a file for vitest's JSON report; with it, what failed in few files is tried once more, alone (test/try-again.mjs).
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { tryAgain } from './test/try-again.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
const report = process.env.TEST_REPORT;

const run = (command, given) =>
  spawnSync(command, given, { cwd: root, stdio: 'inherit' }).status ?? 1;

const reporters = (file) => [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${file}`,
  '--reporter=./scripts/test/report-outside-errors.mjs',
];

const vitest = (given, file) => run('vitest', ['run', ...(file ? reporters(file) : []), ...given]);

const steps = [
  ...(args.length === 0
    ? [
        () => run('biome', ['check', '--error-on-warnings', '.']),
        () => run('tsc', ['-p', '.']),
        () => run('tsc', ['-p', 'packages/admin/page']),
      ]
    : []),
  () => {
    const status = vitest(args, report);
    return status !== 0 && report ? tryAgain(report, vitest) : status;
  },
];

for (const step of steps) {
  const status = step();
  if (status !== 0) process.exit(status);
}
