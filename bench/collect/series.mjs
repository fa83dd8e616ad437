// The series that every implementation has: ten of each tenant, by two of three attributes.

export const boundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
export const STATUSES = ['paid', 'declined'];
export const CHANNELS = ['web', 'app', 'phone', 'shop', 'partner'];
export const SERIES_OF_A_TENANT = STATUSES.length * CHANNELS.length;

export const tenantNames = (count) => Array.from({ length: count }, (_, i) => `tenant-${i}`);

/** Calls `record(tenant, status, channel, value)` once for every series; the values differ by series and round. */
export function forEachSeries(names, round, record) {
  let i = round;
  for (const tenant of names)
    for (const status of STATUSES)
      for (const channel of CHANNELS) record(tenant, status, channel, ((i++ * 7919) % 1024) / 300);
}
