import { setTimeout as wait } from 'node:timers/promises';
import { type Check, fail, ok } from '../check.ts';
import { askVector } from '../net/ask-prometheus.ts';

const EVERY_MS = 250;

export const arrival: Check = {
  id: 'arrival',
  group: 'prometheus',
  title: 'A point goes from here through the Collector into Prometheus',
  needs: ['collector-accepts', 'prometheus', 'otlp-receiver'],
  async run(context) {
    const { probe, deadlineMs, say } = context;
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
