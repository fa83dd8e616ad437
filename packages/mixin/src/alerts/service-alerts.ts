import type { AlertSource } from './alert.ts';

export const serviceAlerts: readonly AlertSource[] = [];
