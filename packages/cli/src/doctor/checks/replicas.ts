import { type Check, fail, ok, skipped, warn } from '../check.ts';
import { askMatrix, askVector, type Series } from '../net/ask-prometheus.ts';

const SHARED =
  'count by (job, instance) (count by (job, instance, host_name, process_pid) (target_info)) > 1';
const HINT =
  'Take service.instance.id out of the shared environment: the SDK makes a new one for every process. Two that write one series show rates of nonsense.';

export const replicas: Check = {
  id: 'replicas',
  group: 'fleet',
  title: 'Every replica has an instance id of its own',
  needs: ['prometheus'],
  async run(context) {
    const shared = await askVector(context, SHARED);
    if (shared.problem !== undefined) return skipped(shared.problem);
    for (const { metric } of shared.data) {
      const { job = '', instance = '' } = metric;
      const matchers = `job=${JSON.stringify(job)},instance=${JSON.stringify(instance)}`;
      const answer = await askMatrix(context, `target_info{${matchers}}[5m]`);
      if (answer.problem !== undefined) return skipped(answer.problem);
      const processes = atTheSameTime(answer.data);
      if (processes.length < 2) continue;
      const id = instance === '' ? 'no instance id' : `the instance id ${instance}`;
      return fail(`${processes.join(' and ')} of ${job} have ${id}`, HINT);
    }
    const without = await askVector(context, 'count by (job) (target_info{instance="",job!=""})');
    if (without.problem !== undefined) return skipped(without.problem);
    const [first] = without.data;
    if (first !== undefined) {
      return warn(
        `${first.metric.job} has no instance id`,
        'Start it with the preload of Bellwether, or set service.instance.id: a second replica would write the same series.',
      );
    }
    const all = await askVector(context, 'count(count by (job, instance) (target_info))');
    return ok(
      `${all.problem === undefined ? (all.data[0]?.value[1] ?? 0) : 'all'} instances, each with its own`,
    );
  },
};

/** The processes that were seen in turns; one that ended before the next began is a restart and no replica. */
function atTheSameTime(series: readonly Series[]): readonly string[] {
  const processes = new Map<string, { first: number; last: number }>();
  for (const { metric, values } of series) {
    const who = `${metric.host_name ?? 'a host'} process ${metric.process_pid ?? '?'}`;
    const known = processes.get(who) ?? { first: Number.POSITIVE_INFINITY, last: 0 };
    for (const [time] of values) {
      processes.set(who, { first: Math.min(known.first, time), last: Math.max(known.last, time) });
      known.first = Math.min(known.first, time);
      known.last = Math.max(known.last, time);
    }
  }
  return [...processes]
    .filter(([who, { first, last }]) =>
      [...processes].some(
        ([other, span]) => other !== who && span.first < last && first < span.last,
      ),
    )
    .map(([who]) => who);
}
