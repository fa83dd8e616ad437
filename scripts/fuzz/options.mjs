import { readCommandLine } from '../command-line.mjs';
import { duration } from '../start/duration.mjs';
import { wholeNumber } from '../start/whole-number.mjs';

const help = `npm run fuzz -- [options]

Tries every property of the tests (those that fuzz() of @bellwether/testkit/fuzz declares) on inputs of chance, each for its share
of the time, after the inputs of its corpus. Prints the seed first: with it the same inputs come again. Exit code 1 when a property
does not hold, or hangs.

  --for TIME     all together, as 90s, 10m or 2h (default 2m; at least a second for each property)
  --seed N       a whole number (default: one of chance)
  --only TEXT    only properties whose name has this in it
  --json         print one JSON document at the end (progress goes to standard error)
  --help         this text
`;

const LARGEST_SEED = 2 ** 31 - 1;

/** Options of `npm run fuzz`; prints help or what is wrong with them and exits where there is nothing to run. */
export function readFuzzOptions(args) {
  return readCommandLine({
    command: 'npm run fuzz',
    help,
    args,
    options: {
      for: { type: 'string', default: '2m' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * LARGEST_SEED)) },
      only: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
    },
    read: (values) => ({
      ...values,
      seconds: duration('--for', values.for),
      seed: wholeNumber('--seed', values.seed, 0, LARGEST_SEED),
    }),
  });
}
