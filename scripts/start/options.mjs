import { readCommandLine } from '../command-line.mjs';
import { duration } from './duration.mjs';
import { wholeNumber } from './whole-number.mjs';

const help = `npm start -- [options]

Starts the whole pipeline on loopback and a shop with three tenants under load, shows what Prometheus
says per tenant, and stops everything on Ctrl-C.

  --services       the shop as services: gateway, auth, users, chat, storefront, worker, notifications
                   and a nightly job; follows one purchase through them, and compares what each says
  --for TIME       stop after this time (30s, 5m, 1h), then compare Prometheus with the shop's ledger
                   and exit 1 where they differ
  --rate N         requests a second, all tenants together (default 20, at most 500)
  --replicas N     processes of the shop (default 2, at most 8)
  --seed N         seed of the traffic, for the same journeys again (default 1)
  --json           print one JSON document at the end (progress goes to standard error)
  --data DIR       keep the stack's data in DIR (default: a folder that is removed at the end)
  --help           this text

For JSON and nothing else on standard output: npm start --silent -- --for 60s --json
`;

/** Options of `npm start`; prints help or what is wrong with them and exits where there is nothing to run. */
export function readOptions(args) {
  return readCommandLine({
    command: 'npm start',
    help,
    args,
    options: {
      for: { type: 'string' },
      rate: { type: 'string', default: '20' },
      replicas: { type: 'string' },
      seed: { type: 'string', default: '1' },
      services: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      data: { type: 'string' },
    },
    read: (values) => {
      if (values.json && values.for === undefined)
        throw new Error('Expected --for TIME beside --json: JSON is printed at the end');
      if (values.services && values.replicas !== undefined)
        throw new Error('Expected --replicas without --services: each of those is one process');
      return {
        services: values.services,
        seconds: values.for === undefined ? undefined : duration('--for', values.for),
        rate: wholeNumber('--rate', values.rate, 1, 500),
        replicas: wholeNumber('--replicas', values.replicas ?? '2', 1, 8),
        seed: wholeNumber('--seed', values.seed, 0, 2 ** 31 - 1),
        json: values.json,
        dataDir: values.data,
      };
    },
  });
}
