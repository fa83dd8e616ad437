// `npm test`: lint, types, then every test. Arguments go to vitest: npm test -- --project meters
// TEST_REPORT names a file for vitest's JSON report.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);

const report = process.env.TEST_REPORT;
const reporters = report
  ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  : [];

const steps = [
  ...(args.length === 0
    ? [
        ['biome', ['check', '--error-on-warnings', '.']],
        ['tsc', ['-p', '.']],
        ['tsc', ['-p', 'packages/admin/page']],
      ]
    : []),
  ['vitest', ['run', ...reporters, ...args]],
];

for (const [command, stepArgs] of steps) {
  const { status } = spawnSync(command, stepArgs, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
