import type { AlertSource } from './alert.ts';
import { churnHigh } from './business/churn-high.ts';
import { loginFailuresHigh } from './business/login-failures-high.ts';
import { ordersDropped } from './business/orders-dropped.ts';
import { paymentDeclineRatioHigh } from './business/payment-decline-ratio-high.ts';
import { paymentsFailing } from './business/payments-failing.ts';
import { revenueDropped } from './business/revenue-dropped.ts';

export const businessAlerts: readonly AlertSource[] = [
  ordersDropped,
  revenueDropped,
  paymentDeclineRatioHigh,
  paymentsFailing,
  loginFailuresHigh,
  churnHigh,
];
