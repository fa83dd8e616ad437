/** The ledger of requests: those that were answered, per tenant, added to what was known. */
export function requestsByTenant(summaries, known = {}) {
  const sum = { ...known };
  for (const { tenants } of summaries) {
    for (const [id, { requests }] of Object.entries(tenants)) sum[id] = (sum[id] ?? 0) + requests;
  }
  return sum;
}
