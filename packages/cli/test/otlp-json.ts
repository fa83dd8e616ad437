/** One counter with one point, as OTLP JSON. */
export function counterMetric(counter: {
  readonly name: string;
  readonly value: number;
  readonly temporality: 'cumulative' | 'delta';
  /** How far the sender's clock is off. */
  readonly offsetMs?: number;
}): object {
  const now = BigInt(Date.now() + (counter.offsetMs ?? 0)) * 1_000_000n;
  const point = {
    startTimeUnixNano: String(now - 1_000_000_000n),
    timeUnixNano: String(now),
    asInt: String(counter.value),
    attributes: [text('tenant.id', 'acme')],
  };
  const sum = {
    aggregationTemporality: counter.temporality === 'delta' ? 1 : 2,
    isMonotonic: true,
    dataPoints: [point],
  };
  return { name: counter.name, unit: '{order}', sum };
}

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

/** Sends metrics of one service to an OTLP/HTTP endpoint, all in one request. `more` are attributes of its resource. */
export async function sendMetrics(
  endpoint: string,
  metrics: readonly object[],
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const resource = {
    attributes: [
      text('service.namespace', 'tests'),
      text('service.name', 'sender'),
      text('service.instance.id', 'sender-1'),
      text('service.version', '1.2.3'),
      ...Object.entries(more).map(([key, value]) => text(key, value)),
    ],
  };
  const body = {
    resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: 'tests' }, metrics }] }],
  };
  const answer = await fetch(`${endpoint}/v1/metrics`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
}
