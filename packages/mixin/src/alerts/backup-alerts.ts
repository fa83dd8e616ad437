import type { AlertSource } from './alert.ts';
import { backupFailed } from './backup/backup-failed.ts';
import { backupMissed } from './backup/backup-missed.ts';

export const backupAlerts: readonly AlertSource[] = [backupMissed, backupFailed];
