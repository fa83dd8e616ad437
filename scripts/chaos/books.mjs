import { compareWithLedger, measures, readLedger } from '../../examples/shop/dist/ledger/index.js';
import { differencesOf } from './differences.mjs';

/**
 * Both sides' books since the shop began, of counters only: a gauge is the word of a process that may be dead by now. A counter is the
 * last sample of every process that ever was (service.instance.id is new with each), summed: a process that a SIGKILL ended keeps what it
 * had exported, its successor starts at 0, and no reset has to be guessed.
 */
export function keepBooks({ databaseUrl, prometheusUrl, since, requests }) {
  const counters = new Set(['requests']);
  for (const { name, kind } of measures) if (kind === 'counter') counters.add(name);
  let before = [];
  async function read() {
    const { rows } = await compareWithLedger({
      ...{ databaseUrl, prometheusUrl, since },
      requestsByTenant: requests(),
    });
    return rows.filter(({ measure }) => counters.has(measure));
  }
  return {
    /** What differs since the last `close`. Throws while one side cannot be asked. */
    async differences({ withRequests }) {
      const rows = await read();
      return differencesOf(
        rows.filter(({ measure }) => withRequests || measure !== 'requests'),
        before,
      );
    },
    /** What PostgreSQL has written down since then. */
    async doneSince(date) {
      const entries = await readLedger(databaseUrl, { since: date });
      return entries.filter(({ measure }) => counters.has(measure));
    },
    /** The books as they were at the last `close`. */
    before: () => before,
    /** What differs now is known, and held against nobody later. */
    async close() {
      before = differencesOf(await read());
    },
  };
}
