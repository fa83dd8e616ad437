export { currentTenant, runWithTenant, setTenant } from '@bellwether/meters';
export type { SdkConfig } from './config/table.ts';
export { type SdkHandle, type StartSdkOptions, startSdk } from './start-sdk.ts';
