import type { Metric } from '../../metrics/metric.ts';
import { replica, series } from '../test-series.ts';

/** Attempts to pay of one replica as promtool reads them, a minute apart. */
export function paymentSeries(
  payments: Metric,
  {
    succeeded,
    declined,
    failed,
  }: { readonly succeeded: string; readonly declined?: string; readonly failed?: string },
  tenant = 'acme',
): Readonly<Record<string, string>> {
  const labels = { ...replica('shop-1'), tenant_id: tenant, method: 'card', currency: 'EUR' };
  return {
    [series(payments, { ...labels, outcome: 'succeeded' })]: succeeded,
    ...(declined !== undefined && {
      [series(payments, { ...labels, outcome: 'declined' })]: declined,
    }),
    ...(failed !== undefined && { [series(payments, { ...labels, outcome: 'failed' })]: failed }),
  };
}
