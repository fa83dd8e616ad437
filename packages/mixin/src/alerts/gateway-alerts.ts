import type { AlertSource } from './alert.ts';
import { credentialsUnknown } from './gateway/credentials-unknown.ts';
import { tenantRateLimited } from './gateway/tenant-rate-limited.ts';
import { upstreamFailing } from './gateway/upstream-failing.ts';

/** At the door: what a gateway and an auth service count. */
export const gatewayAlerts: readonly AlertSource[] = [
  upstreamFailing,
  tenantRateLimited,
  credentialsUnknown,
];
