import { setTimeout as wait } from 'node:timers/promises';
import { otlpPayload } from './otlp-payload.mjs';

const seriesOfProcess = 1_000;
const tenantCount = 10;
const atOnce = 4;

/**
 * Processes that send OTLP to one address every `everySeconds`: `series` counters of ten tenants, each raised by 1 a time. What they have sent
 * is the ledger.
 */
export function seriesLoad({ url, series, everySeconds, signal }) {
  const startMs = Date.now();
  const tenants = Array.from({ length: tenantCount }, (_, i) => `tenant-${i}`);
  const processes = Array.from({ length: Math.round(series / seriesOfProcess) }, (_, number) =>
    otlpPayload({
      ...{ startMs, name: 'scale.load', unit: '{thing}', points: pointsOf(tenants) },
      resource: {
        'service.namespace': 'scale',
        'service.name': 'load',
        'service.instance.id': `load-${series}-${number}-${startMs}`,
      },
    }),
  );
  let ticks = 0;
  let failed = 0;
  let late = 0;
  async function sendOne(payload, ms) {
    payload.at(ms, ticks);
    const response = await fetch(`${url}/v1/metrics`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf' },
      body: payload.bytes,
      signal: AbortSignal.timeout(30_000),
    });
    await response.arrayBuffer();
    if (!response.ok) failed += 1;
  }
  async function tick() {
    ticks += 1;
    const now = Date.now();
    const left = [...processes];
    const sender = async () => {
      for (let one = left.pop(); one !== undefined; one = left.pop())
        await sendOne(one, now).catch(() => {
          failed += 1;
        });
    };
    await Promise.all(Array.from({ length: atOnce }, sender));
  }
  return {
    /** Sends for that long; what takes longer than its time is late, and is not made up for. */
    async run(seconds) {
      const until = performance.now() + seconds * 1_000;
      while (performance.now() < until && !signal.aborted) {
        const began = performance.now();
        await tick();
        const rest = everySeconds * 1_000 - (performance.now() - began);
        if (rest < 0) late += 1;
        else await wait(rest, undefined, { signal }).catch(() => undefined);
      }
    },
    series: processes.length * seriesOfProcess,
    failed: () => failed,
    late: () => late,
    sent: () => ticks * processes.length * seriesOfProcess,
    /** What each tenant's counters add up to. */
    ledger: () =>
      Object.fromEntries(
        tenants.map((tenant) => [
          tenant,
          (ticks * processes.length * seriesOfProcess) / tenantCount,
        ]),
      ),
  };
}

function pointsOf(tenants) {
  return Array.from({ length: seriesOfProcess }, (_, i) => ({
    'tenant.id': tenants[i % tenants.length],
    'http.route': `/things/${Math.floor(i / tenants.length)}/{id}`,
    'http.request.method': 'GET',
  }));
}
