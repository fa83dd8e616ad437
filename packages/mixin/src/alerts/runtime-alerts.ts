import type { AlertSource } from './alert.ts';

export const runtimeAlerts: readonly AlertSource[] = [];
