import type { AlertSource } from './alert.ts';

export const pipelineAlerts: readonly AlertSource[] = [];
