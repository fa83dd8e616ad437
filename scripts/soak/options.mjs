import { readCommandLine } from '../command-line.mjs';
import { duration } from '../start/duration.mjs';
import { wholeNumber } from '../start/whole-number.mjs';

const help = `npm run soak -- [options]

Runs a small Express service twice, with the SDK and without, at the same constant load over loopback: tenants that come and
go, connections opened and given up, errors, and a Collector that is stopped in the middle and started again. Prints for both how
memory, handles and event loop delay changed by the hour, each with its standard error. Exit code 1 when the service with the SDK grows beyond
its bounds, or when an order is missing at the end.

  --for TIME     how long, with warm-up (30s, 45m, 2h; default 60m, at least 30s)
  --rate N       requests a second for each of both (default 100, at most 1000)
  --quick        48 s against a receiver in place of a Collector, with wide bounds: what npm test runs
  --leak N       keep N bytes of every request on purpose, to see that it is found
  --json         print one JSON document at the end, with every sample (progress goes to standard error)
  --help         this text

For JSON and nothing else on standard output: npm run --silent soak -- --json
`;

/** Options of `npm run soak`; prints help or what is wrong with them and exits where there is nothing to run. */
export function readSoakOptions(args) {
  return readCommandLine({
    command: 'npm run soak',
    help,
    args,
    options: {
      for: { type: 'string' },
      rate: { type: 'string', default: '100' },
      leak: { type: 'string', default: '0' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
    read: (values) => {
      const seconds = duration('--for', values.for ?? (values.quick ? '48s' : '60m'));
      if (seconds < 30) throw new Error(`Expected --for to be at least 30s, got ${values.for}`);
      return {
        seconds,
        rate: wholeNumber('--rate', values.rate, 1, 1_000),
        leak: wholeNumber('--leak', values.leak, 0, 100_000),
        quick: values.quick,
        json: values.json,
      };
    },
  });
}
