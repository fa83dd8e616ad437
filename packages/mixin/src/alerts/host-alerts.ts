import type { AlertSource } from './alert.ts';

export const hostAlerts: readonly AlertSource[] = [];
