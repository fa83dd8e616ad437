import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { outsideErrorsOf } from './report-outside-errors.mjs';

/** More files than these are not bad luck. */
const MOST = 3;

/**
 * Runs the test files that failed, by vitest's JSON report, once more and alone: real servers and browsers share two cores in the
 * whole run. What passes then is no failure, but is written into the report as `flaky`, a list of test names, and is to be
 * mended. Gives the exit code. More than three files, a file that does not load or an error outside of a test stay failures.
 */
export function tryAgain(report, vitest) {
  if (!existsSync(report) || existsSync(outsideErrorsOf(report))) return 1;
  const first = JSON.parse(readFileSync(report, 'utf8'));
  const failed = first.testResults.filter(({ status }) => status === 'failed');
  if (failed.length === 0 || failed.length > MOST || failed.some(isNotOfATest)) return 1;
  const second = `${report}.again`;
  const status = vitest(
    failed.map(({ name }) => name),
    second,
  );
  const again = JSON.parse(readFileSync(second, 'utf8'));
  rmSync(second);
  writeFileSync(report, JSON.stringify(merged(first, again)));
  return status;
}

const isNotOfATest = ({ assertionResults }) =>
  !assertionResults.some(({ status }) => status === 'failed');

function merged(first, again) {
  const byName = new Map(again.testResults.map((file) => [file.name, file]));
  const testResults = first.testResults.map((file) => byName.get(file.name) ?? file);
  const passesNow = new Set(
    again.testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'passed')
        .map(({ fullName }) => `${name} ${fullName}`),
    ),
  );
  const flaky = first.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status, fullName }) => status === 'failed' && passesNow.has(`${name} ${fullName}`))
      .map(({ fullName }) => fullName),
  );
  const count = (wanted) =>
    testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => wanted.includes(status)).length;
  return {
    ...first,
    testResults,
    flaky,
    numPassedTests: count(['passed']),
    numFailedTests: count(['failed']),
    numPendingTests: count(['pending', 'skipped', 'todo']),
  };
}
