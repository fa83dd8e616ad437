import type { AlertSource } from './alert.ts';

export const databaseAlerts: readonly AlertSource[] = [];
