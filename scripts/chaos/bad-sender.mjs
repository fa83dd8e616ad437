import { sendMetrics } from '../../packages/cli/test/otlp-json.ts';
import { miscounted, poisonedMetrics } from '../../packages/cli/test/poisoned-metrics.ts';

const kinds = {
  /** Everything that the Collector's filters know. */
  known: () => Object.values(poisonedMetrics).map((make) => make()),
  /** What they can not: buckets that do not add up, and another value for a time that is taken. */
  unknown: (count, began) => [miscounted(), duplicate(count, began)],
};

/** Another service that sends what Prometheus refuses, to the Collector and `everyMs`, until it is stopped. */
export function startBadSender({ collector, kind, everyMs }) {
  const began = Date.now();
  let sent = 0;
  let failure;
  const send = async () => {
    try {
      await sendMetrics(collector, kinds[kind](sent, began));
      sent += 1;
    } catch (error) {
      failure = error;
    }
  };
  void send();
  const timer = setInterval(send, everyMs);
  return {
    /** Requests that the Collector has taken. */
    sent: () => {
      if (sent === 0 && failure !== undefined) throw failure;
      return sent;
    },
    stop: () => clearInterval(timer),
  };
}

function duplicate(count, began) {
  const timeUnixNano = String(BigInt(began) * 1_000_000n);
  return { name: 'bad.duplicate', gauge: { dataPoints: [{ timeUnixNano, asInt: String(count) }] } };
}
