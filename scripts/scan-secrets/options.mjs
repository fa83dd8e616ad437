import { readCommandLine } from '../command-line.mjs';
import { wholeNumber } from '../start/whole-number.mjs';

const help = `npm run scan-secrets -- [options]

Runs the shop, its notification service and a program that uses other libraries, with secrets planted wherever an application has
them: passwords, tokens, cookies, card numbers, addresses of mail, names, literals of SQL, values of Redis, queries, paths, words of errors,
variables and arguments. Keeps all that leaves: OTLP traces, metrics and logs, /metrics, standard error, the text of a
notification. Looks for every secret in it, plain and encoded. Exit code 1 when one is found, or when the search was blind.

  --seconds N   load of visitors, beside the planted requests (default 60)
  --quick       3 seconds
  --json        print one JSON document at the end (progress goes to standard error)
  --help        this text
`;

/** Options of `npm run scan-secrets`; prints help or what is wrong with them and exits where there is nothing to run. */
export function readScanOptions(args) {
  return readCommandLine({
    command: 'npm run scan-secrets',
    help,
    args,
    options: {
      seconds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
    read: (values) => {
      const seconds = values.seconds ?? (values.quick ? '3' : '60');
      return { seconds: wholeNumber('--seconds', seconds, 1, 3600), json: values.json };
    },
  });
}
