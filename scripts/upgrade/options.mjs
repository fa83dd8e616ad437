import { readCommandLine } from '../command-line.mjs';
import { duration } from '../start/duration.mjs';

const help = `npm run upgrade:proof -- [options]

Starts the whole pipeline with the minor version before of Prometheus, Alertmanager and the Collector, puts the shop under load, leaves points in the
Collector's queue and silences in Alertmanager, and starts again with the versions of this repository on the same data. The same questions must have the
same answers, and every paid order must be counted. Then it says what the doctor says of half an upgrade. Exit code 1 where anything differs.

  --for TIME   load before the upgrade (default 60s)
  --json       print one JSON document at the end (progress goes to standard error)
  --help       this text

The versions before are built once from the Go module proxy: up to 20 minutes, Go >= 1.26. One that is not to be had is left out, and said.
`;

/** Options of `npm run upgrade:proof`; prints help or what is wrong with them and exits where there is nothing to run. */
export function readUpgradeOptions(args) {
  return readCommandLine({
    command: 'npm run upgrade:proof',
    help,
    args,
    options: {
      for: { type: 'string', default: '60s' },
      json: { type: 'boolean', default: false },
    },
    read: (values) => ({ seconds: duration('--for', values.for), json: values.json }),
  });
}
