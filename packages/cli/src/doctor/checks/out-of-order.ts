import { durationSeconds } from '../../verify/duration-seconds.ts';
import { type Check, fail, ok, skipped, warn } from '../check.ts';
import { prometheusConfig } from '../net/prometheus-config.ts';

/** What the Collector's queue may deliver late. */
const PROMISED = 1_800;

export const outOfOrder: Check = {
  id: 'out-of-order',
  group: 'prometheus',
  title: 'Samples may come late',
  needs: ['prometheus'],
  async run(context) {
    const answer = await prometheusConfig(context);
    if (answer.problem !== undefined)
      return skipped(`its configuration cannot be read: ${answer.problem}`);
    const window = String(answer.data.storage?.tsdb?.out_of_order_time_window ?? '0s');
    const seconds = durationSeconds(window) ?? 0;
    const hint = 'Set storage.tsdb.out_of_order_time_window: 30m in prometheus.yaml and reload it.';
    if (seconds === 0)
      return fail('no late sample is taken: what is delivered after an outage is refused', hint);
    if (seconds < PROMISED)
      return warn(`up to ${window}; the queue of the Collector replays 30m`, hint);
    return ok(`up to ${window}`);
  },
};
