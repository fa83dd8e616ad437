import { writeFileSync } from 'node:fs';

/** Where this reporter leaves the errors that belong to no test, beside vitest's JSON report, which says nothing of them. */
export const outsideErrorsOf = (report) => `${report}.outside-errors`;

/** A reporter of vitest that writes down what was thrown outside of every test. There is no file when nothing was. */
export default class ReportOutsideErrors {
  onTestRunEnd(_modules, errors) {
    const report = process.env.TEST_REPORT;
    if (report === undefined || errors.length === 0) return;
    const messages = errors.map(({ message }) => message);
    writeFileSync(outsideErrorsOf(report), JSON.stringify(messages));
  }
}
