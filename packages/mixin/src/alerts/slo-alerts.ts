import type { AlertSource } from './alert.ts';

export const sloAlerts: readonly AlertSource[] = [];
