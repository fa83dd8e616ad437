import type { AlertSource } from './alert.ts';
import { newVersionFails } from './service/new-version-fails.ts';
import { newVersionSlow } from './service/new-version-slow.ts';
import { serviceErrorRatioHigh } from './service/service-error-ratio-high.ts';
import { serviceLatencyHigh } from './service/service-latency-high.ts';
import { tenantErrorRatioHigh } from './service/tenant-error-ratio-high.ts';
import { tenantLatencyHigh } from './service/tenant-latency-high.ts';
import { trafficDropped } from './service/traffic-dropped.ts';
import { trafficGone } from './service/traffic-gone.ts';
import { trafficUnusuallyHigh } from './service/traffic-unusually-high.ts';

/** What people who call the services feel. */
export const serviceAlerts: readonly AlertSource[] = [
  serviceErrorRatioHigh,
  serviceLatencyHigh,
  trafficGone,
  trafficDropped,
  trafficUnusuallyHigh,
  newVersionFails,
  newVersionSlow,
  tenantErrorRatioHigh,
  tenantLatencyHigh,
];
