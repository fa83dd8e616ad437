import type { Slo } from '../../slo/slo.ts';
import type { AlertTest } from '../alert.ts';
import { replica, shop } from '../test-series.ts';

type Labels = Readonly<Record<string, string>>;

/** A stretch of time with so many events a minute, of which this share is bad. */
export interface Stretch {
  readonly minutes: number;
  readonly perMinute: number;
  readonly bad: number;
}

/** The labels that an alert about `slo` fires with. */
export function firesFor(slo: Slo, more: Labels = {}): Labels {
  return { ...shop, service_name: slo.service ?? shop.service_name, slo: slo.id, ...more };
}

/** Raw series of one tenant of one replica, stretch after stretch. */
export function eventsOf(
  slo: Slo,
  stretches: readonly Stretch[],
  tenant = 'acme',
): AlertTest['series'] {
  const labels = {
    ...replica('shop-1'),
    service_name: slo.service ?? shop.service_name,
    tenant_id: tenant,
  };
  const count = (share: (bad: number) => number) => counter(stretches, share);
  return slo.series(labels, {
    good: count((bad) => 1 - bad),
    bad: count((bad) => bad),
    all: count(() => 1),
  });
}

/** `0+980x60 58800+990x30` in promtool's notation. */
function counter(stretches: readonly Stretch[], share: (bad: number) => number): string {
  let value = 0;
  return stretches
    .map(({ minutes, perMinute, bad }) => {
      const step = Math.round(perMinute * share(bad));
      const text = `${value}+${step}x${minutes - 1}`;
      value += step * minutes;
      return text;
    })
    .join(' ');
}
