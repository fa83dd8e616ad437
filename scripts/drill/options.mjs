import { readCommandLine } from '../command-line.mjs';
import { wholeNumber } from '../start/whole-number.mjs';

const help = `npm run drill -- [options]

Starts the whole pipeline on loopback and the shop under load, brings one fault after another about, and follows every
paging alert on its way: pending, firing, Alertmanager, the notification service, a person told, and resolved again.
Prints the seconds of each. Exit code 1 when a paging alert was not told, did not resolve, or has no fault here.

  --only NAMES      only the faults of these alerts, by comma
  --time-scale N    divide every duration of the rules by N (default 20; 1 is real time and takes hours)
  --rate N          requests a second (default 20)
  --json            print one JSON document at the end (progress goes to standard error)
  --data DIR        keep the stack's data in DIR (default: a folder that is removed at the end)
  --help            this text

One fault mounts a small disk in memory: that needs root.
`;

/** Options of `npm run drill`; prints help or what is wrong with them and exits where there is nothing to run. */
export function readDrillOptions(args) {
  return readCommandLine({
    command: 'npm run drill',
    help,
    args,
    options: {
      only: { type: 'string' },
      'time-scale': { type: 'string', default: '20' },
      rate: { type: 'string', default: '20' },
      json: { type: 'boolean', default: false },
      data: { type: 'string' },
    },
    read: (values) => ({
      only: values.only?.split(',').map((name) => name.trim()),
      timeScale: wholeNumber('--time-scale', values['time-scale'], 1, 60),
      rate: wholeNumber('--rate', values.rate, 1, 500),
      json: values.json,
      dataDir: values.data,
    }),
  });
}
