import type { AlertSource } from './alert.ts';

export const cacheAlerts: readonly AlertSource[] = [];
