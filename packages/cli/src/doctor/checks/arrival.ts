import { setTimeout as wait } from 'node:timers/promises';
import { type Check, fail, ok, skipped } from '../check.ts';
import { askVector } from '../net/ask-prometheus.ts';
import { httpProblem } from '../net/http-problem.ts';
import { shownUrl } from '../net/shown-url.ts';

const EVERY_MS = 250;

export const arrival: Check = {
  id: 'arrival',
  group: 'prometheus',
  title: 'A point goes from here through the Collector into Prometheus',
  needs: ['collector-accepts', 'prometheus', 'otlp-receiver'],
  async run(context) {
    const { probe, deadlineMs, say, targets } = context;
    if (targets.otlpMetrics === undefined) return skipped('no OTLP/HTTP address');
    const sent = await probe.send(targets.otlpMetrics.url);
    if (sent.problem !== undefined || sent.status !== 200) {
      return skipped(
        `the point was not accepted: ${httpProblem(shownUrl(targets.otlpMetrics.url), sent)}`,
      );
    }
    const began = performance.now();
    const since = () => performance.now() - began;
    for (;;) {
      const answer = await askVector(context, probe.series);
      if (answer.problem !== undefined)
        return fail(answer.problem, 'Prometheus stopped answering: look at its log.');
      if (answer.data.length > 0) return ok(`in ${(since() / 1000).toFixed(1)} s`);
      if (since() + EVERY_MS > deadlineMs) break;
      say(
        `waiting for the point in Prometheus, ${Math.round(since() / 1000)} s of ${deadlineMs / 1000} s`,
      );
      await wait(EVERY_MS);
    }
    return fail(
      `the Collector took it, and Prometheus has not got it after ${deadlineMs / 1000} s`,
      'See that the Collector exports metrics to this Prometheus (BELLWETHER_PROMETHEUS_OTLP_URL) and what its log says; --timeout waits longer.',
    );
  },
};
