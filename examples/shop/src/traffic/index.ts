export { countryHeader } from './countries.ts';
export {
  runTraffic,
  type TrafficOptions,
  type TrafficSummary,
} from './run-traffic.ts';
export type { TenantTally } from './tally.ts';
export type { TrafficTenant } from './visitor.ts';
