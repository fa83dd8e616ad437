import type { AlertSource } from './alert.ts';
import { recordingsRefused } from './tenants/recordings-refused.ts';
import { tenantBudgetOverflow } from './tenants/tenant-budget-overflow.ts';
import { tenantIdsRefused } from './tenants/tenant-ids-refused.ts';
import { tenantPaymentsDeclined } from './tenants/tenant-payments-declined.ts';

export const tenantsAlerts: readonly AlertSource[] = [
  tenantPaymentsDeclined,
  tenantBudgetOverflow,
  tenantIdsRefused,
  recordingsRefused,
];
