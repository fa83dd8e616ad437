import { readCommandLine } from '../command-line.mjs';
import { wholeNumber } from '../start/whole-number.mjs';

const help = `npm run exits -- [options]

Lets a program end in every way there is, as ESM and as CommonJS, with a Collector that is up, slow, down, answers 503, or hangs, and the
same program without the SDK beside it. Prints the seconds to the exit. Exit code 1 when an end broke a promise of
docs/guides/lifecycle.md: exit code, signal and output are the program's own, it ends within the deadline, and what was recorded last arrives.
An end that broke one is run again: it counts as broken when it is at three tries, and those that held later are named.

  --quick      every way with the Collector up, and one ill Collector for each: what npm test runs
  --only TEXT  only the ways whose name contains TEXT
  --jobs N     programs at a time (default 2, at most 16)
  --json       print one JSON document at the end (progress goes to standard error)
  --help       this text

For JSON and nothing else on standard output: npm run --silent exits -- --json
`;

/** Options of `npm run exits`; prints help or what is wrong with them and exits where there is nothing to run. */
export function readExitsOptions(args) {
  return readCommandLine({
    command: 'npm run exits',
    help,
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      jobs: { type: 'string', default: '2' },
      json: { type: 'boolean', default: false },
    },
    read: (values) => ({ ...values, jobs: wholeNumber('--jobs', values.jobs, 1, 16) }),
  });
}
