import type { AlertSource } from './alert.ts';
import { errorBudgetBurningFast } from './slo/error-budget-burning-fast.ts';
import { errorBudgetBurningSlowly } from './slo/error-budget-burning-slowly.ts';
import { tenantErrorBudgetBurning } from './slo/tenant-error-budget-burning.ts';

export const sloAlerts: readonly AlertSource[] = [
  errorBudgetBurningFast,
  errorBudgetBurningSlowly,
  tenantErrorBudgetBurning,
];
