import type { AlertSource } from './alert.ts';

export const businessAlerts: readonly AlertSource[] = [];
