import type { AlertSource } from './alert.ts';
import { serviceErrorRatioHigh } from './service/service-error-ratio-high.ts';
import { serviceLatencyHigh } from './service/service-latency-high.ts';
import { tenantErrorRatioHigh } from './service/tenant-error-ratio-high.ts';
import { tenantLatencyHigh } from './service/tenant-latency-high.ts';
import { trafficGone } from './service/traffic-gone.ts';

/** What people who call the services feel. */
export const serviceAlerts: readonly AlertSource[] = [
  serviceErrorRatioHigh,
  serviceLatencyHigh,
  trafficGone,
  tenantErrorRatioHigh,
  tenantLatencyHigh,
];
