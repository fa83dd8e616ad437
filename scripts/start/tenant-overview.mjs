/** One row a tenant from what Prometheus says: requests, orders by status, revenue by currency. */
export function tenantOverview(entries) {
  const tenants = [...new Set(entries.map(({ tenant }) => tenant))].sort();
  return tenants.map((tenant) => {
    const of = (measure) =>
      entries.filter((entry) => entry.tenant === tenant && entry.measure === measure);
    const total = (some) => some.reduce((sum, { value }) => sum + value, 0);
    const orders = of('orders');
    const status = (name) => total(orders.filter(({ labels }) => labels.status === name));
    return {
      tenant,
      requests: total(of('requests')),
      paid: status('paid'),
      declined: status('declined'),
      refunded: status('refunded'),
      revenue: revenueText(of('revenue')),
    };
  });
}

function revenueText(entries) {
  const byCurrency = new Map();
  for (const { labels, value } of entries) {
    byCurrency.set(labels.currency, (byCurrency.get(labels.currency) ?? 0) + value);
  }
  return [...byCurrency]
    .sort()
    .map(([currency, minor]) => money(currency, minor))
    .join(' ');
}

function money(currency, minor) {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
}
