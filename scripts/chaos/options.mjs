import { readCommandLine } from '../command-line.mjs';
import { wholeNumber } from '../start/whole-number.mjs';

const help = `npm run chaos -- [options]

Starts the whole pipeline on loopback and the shop with three tenants under load, brings one fault after another about, mends it,
and compares what Prometheus says with the shop's own ledger, per tenant. Prints what was lost, what was counted twice, the
alert that was due, and the seconds until both sides agreed again. Exit code 1 where a promise was broken.

  --quick          the faults and short outages that fit into five minutes; rules in a sixtieth of their time.
                   Without it an outage lasts as long as is promised: up to ten minutes each
  --only NAME      only this fault; again, or by comma, for more
  --list           print the names of all faults and what is promised, and end
  --rate N         requests a second (default 40)
  --jobs N         N stacks side by side, each with ports, data, ledger and visitors of its own, that share the faults out (default 1,
                   at most 8). Each takes about 1 GiB of memory
  --json           print one JSON document at the end (progress goes to standard error)
  --data FOLDER    keep the stack's data in FOLDER (default: a folder that is removed at the end)
  --help           this text
`;

/** Options of `npm run chaos`; prints help or what is wrong with them and exits where there is nothing to run. */
export function readChaosOptions(args, names) {
  return readCommandLine({
    command: 'npm run chaos',
    help,
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      list: { type: 'boolean', default: false },
      rate: { type: 'string', default: '40' },
      jobs: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      data: { type: 'string' },
    },
    read: (values) => {
      const only = values.only?.flatMap((text) => text.split(',')).map((name) => name.trim());
      const unknown = (only ?? []).filter((name) => !names.includes(name));
      if (unknown.length > 0)
        throw new Error(
          `Expected --only to name faults (${names.join(', ')}), got ${unknown.join(', ')}`,
        );
      return {
        quick: values.quick,
        only,
        list: values.list,
        rate: wholeNumber('--rate', values.rate, 1, 500),
        jobs: wholeNumber('--jobs', values.jobs, 1, 8),
        json: values.json,
        dataDir: values.data,
      };
    },
  });
}
