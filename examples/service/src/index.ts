export { type Answer, type Ask, ask } from './ask.ts';
export { type CommonSettings, readSettings } from './read-settings.ts';
export { requireServiceToken } from './require-service-token.ts';
export { createService } from './service.ts';
export { ServiceProblem } from './service-problem.ts';
export { withSettingFiles } from './setting-files.ts';
export { startService } from './start-service.ts';
