// What every implementation records, so that all do the same work: a counter with a tenant and three attributes, and durations.

export const STATUSES = ['paid', 'declined'];

/** Seconds between 0 and 3.4, spread over the buckets, the same for all. */
export const durations = Float64Array.from({ length: 1024 }, (_, i) => ((i * 7919) % 1024) / 300);

export const boundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const tenantNames = (count) => Array.from({ length: count }, (_, i) => `tenant-${i}`);

/** A tenant name as a request brings it: a string made now, whose hash nobody has computed yet. */
export const freshTenant = (i, count) => `tenant-${i % count}`;
