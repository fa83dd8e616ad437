import { randomUUID } from 'node:crypto';
import type { Environment } from './doctor-context.ts';
import type { Answer, BoundedRequest } from './net/bounded-request.ts';
import { otlpHeaders, otlpTls } from './otlp-settings.ts';

/** One point of our own that goes the way of every metric. */
export interface Probe {
  /** `service.instance.id` of its resource: new in every run, so that no earlier point can be taken for it. */
  readonly instance: string;
  /** Its name in Prometheus. */
  readonly series: string;
  /** Sends it, once: later calls give the same answer. */
  send(url: string): Promise<Answer>;
}

export const PROBE_SERVICE = 'bellwether-doctor';

/** A gauge of the service `bellwether-doctor` whose value is the time at which it was sent. */
export function makeProbe(request: BoundedRequest, env: Environment, now: () => number): Probe {
  const instance = randomUUID();
  let sent: Promise<Answer> | undefined;
  return {
    instance,
    series: `bellwether_doctor_probe_seconds{instance="${instance}"}`,
    send: (url) => {
      sent ??= request({
        url,
        method: 'POST',
        headers: { ...otlpHeaders(env), 'content-type': 'application/json' },
        body: JSON.stringify(payload(instance, now())),
        tls: otlpTls(env),
        maxBytes: 65_536,
      });
      return sent;
    },
  };
}

function payload(instance: string, atMs: number): object {
  const point = { timeUnixNano: `${Math.round(atMs)}000000`, asDouble: atMs / 1000 };
  const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  return {
    resourceMetrics: [
      {
        resource: {
          attributes: [
            attribute('service.name', PROBE_SERVICE),
            attribute('service.instance.id', instance),
          ],
        },
        scopeMetrics: [
          {
            scope: { name: PROBE_SERVICE },
            metrics: [
              {
                name: 'bellwether.doctor.probe',
                description: 'When bellwether doctor sent this point.',
                unit: 's',
                gauge: { dataPoints: [point] },
              },
            ],
          },
        ],
      },
    ],
  };
}
