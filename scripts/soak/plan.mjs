/**
 * How a soak of `seconds` is laid out. The warm-up is not judged: until then code is compiled, pools and tables grow to their size,
 * and the first tenants fill the budget.
 */
export function soakPlan({ seconds, quick }) {
  const long = {
    sampleMs: 10_000,
    warmUp: Math.min(seconds / 3, Math.max(120, seconds / 6)),
    outage: { from: seconds * 0.5, seconds: Math.min(60, seconds / 10) },
    exportMs: 5_000,
    tenantMs: 1_000,
    idleSeconds: 30,
  };
  const short = {
    ...long,
    sampleMs: 500,
    warmUp: seconds * 0.45,
    outage: { from: seconds * 0.6, seconds: 3 },
    exportMs: 1_000,
    tenantMs: 100,
    idleSeconds: 3,
  };
  // 80 tenants live at any time, and those that went stay for `idleSeconds`: more than the budget, so that some are folded.
  return { ...(quick ? short : long), living: 80, budget: 100 };
}
