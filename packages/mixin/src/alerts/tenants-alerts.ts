import type { AlertSource } from './alert.ts';

export const tenantsAlerts: readonly AlertSource[] = [];
