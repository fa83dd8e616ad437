import { expect, test } from 'vitest';
import { winsOfPeers } from './wins-of-peers.mjs';

const row = (variant, median, spans) => ({
  app: 'hello',
  variant,
  cpuUs: { median, spread: 0 },
  spans,
});

test('names every number of a peer that is below ours', () => {
  const wins = winsOfPeers({
    record: {
      rows: [
        {
          case: 'counter',
          tenants: 1_000,
          bellwether: { ns: 20, bytes: 48 },
          'prom-client': { ns: 150, bytes: 40 },
        },
      ],
    },
    request: { rows: [row('bellwether', 60, 1), row('stock', 180, 4), row('dd-trace', 55, 3)] },
    memory: {
      rows: [
        { variant: 'bellwether', title: 'Bellwether', rssMiB: { median: 110 } },
        { variant: 'splunk', title: 'Splunk', rssMiB: { median: 100 } },
        { variant: 'elastic', title: 'Elastic', error: 'not installed' },
      ],
    },
  });
  expect(wins.split('\n')).toEqual([
    '- record, counter, 1,000 tenants: prom-client allocates 40 B, Bellwether 48 B',
    '- Express, hello: dd-trace takes 55 µs (3 spans a request), Bellwether 60 µs (1 spans a request)',
    '- memory under load: Splunk 100 MiB, Bellwether 110 MiB',
  ]);
});

test('says so where there is none', () => {
  expect(winsOfPeers({})).toBe('Nowhere in these results.');
});
