import { type Check, fail, ok, skipped, warn } from '../check.ts';
import { askVector } from '../net/ask-prometheus.ts';

/** A `Date` header has whole seconds and says when an answer began. */
const NOTABLE = 3;
/** Rules look this far back (`rule_query_offset`). */
const HARMFUL = 30;
/** The Collector drops what is further ahead. */
const AHEAD = 360;
const HINT = 'Synchronise the clock of that machine (chrony, systemd-timesyncd).';

export const clockSkew: Check = {
  id: 'clock-skew',
  group: 'clocks',
  title: 'Clocks agree',
  async run(context) {
    const [worst] = context.clocks.toSorted(
      (a, b) => Math.abs(b.aheadSeconds) - Math.abs(a.aheadSeconds),
    );
    if (worst === undefined) return skipped('no server told its time');
    const off = Math.abs(worst.aheadSeconds);
    if (off > NOTABLE) {
      const said = `${worst.host} is ${off.toFixed(0)} s ${worst.aheadSeconds > 0 ? 'ahead of' : 'behind'} this machine`;
      return off > HARMFUL ? fail(said, HINT) : warn(said, HINT);
    }
    const ahead = await samplesAhead(context);
    if (ahead !== undefined) return warn(ahead, HINT);
    const hosts = new Set(context.clocks.map(({ host }) => host));
    return ok(`${hosts.size} servers within ${NOTABLE} s of this machine`);
  },
};

/** Samples of the future, seen from there: an instant query of now has none of them. */
async function samplesAhead(context: Parameters<Check['run']>[0]): Promise<string | undefined> {
  const now = context.now() / 1000;
  const query = `max by (job, instance) (max_over_time(timestamp(target_info)[${AHEAD}s:15s])) - ${now.toFixed(0)} > ${HARMFUL}`;
  const answer = await askVector(context, query, Math.round(now + AHEAD));
  if (answer.problem !== undefined) return undefined;
  const [first] = answer.data;
  if (first === undefined) return undefined;
  return `${first.metric.job} ${first.metric.instance ?? ''} sends samples of ${Number(first.value[1]).toFixed(0)} s in the future`;
}
