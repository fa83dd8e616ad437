import type { AlertSource } from './alert.ts';
import { loginBruteForce } from './tenants/login-brute-force.ts';
import { recordingsRefused } from './tenants/recordings-refused.ts';
import { tenantBudgetOverflow } from './tenants/tenant-budget-overflow.ts';
import { tenantIdsRefused } from './tenants/tenant-ids-refused.ts';
import { tenantOrdersDropped } from './tenants/tenant-orders-dropped.ts';
import { tenantPaymentsDeclined } from './tenants/tenant-payments-declined.ts';
import { tenantTrafficDropped } from './tenants/tenant-traffic-dropped.ts';

export const tenantsAlerts: readonly AlertSource[] = [
  tenantPaymentsDeclined,
  tenantOrdersDropped,
  tenantTrafficDropped,
  loginBruteForce,
  tenantBudgetOverflow,
  tenantIdsRefused,
  recordingsRefused,
];
