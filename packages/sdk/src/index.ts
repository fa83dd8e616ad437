import type { SdkHandle, StartSdkOptions } from './start-sdk.ts';

export { currentTenant, isTenantId, runWithTenant, setRoute, setTenant } from '@bellwether/meters';
export type { SdkConfig } from './config/sdk-config.ts';
export type { SdkHandle, StartSdkOptions } from './start-sdk.ts';

/**
 * Starts the SDK in this thread; what the preload `@bellwether/sdk/register` does. Call it before the libraries to instrument
 * are loaded.
 *
 * Nothing is thrown: a wrong setting is one line on stderr and its default is used. When an SDK already runs (ours or another's), one line
 * says so and the handle does nothing.
 *
 * @example
 * const sdk = await startSdk({ config: { tenantBudget: 50 } });
 * process.on('SIGTERM', () => server.close(() => sdk.shutdown()));
 */
export async function startSdk(options: StartSdkOptions = {}): Promise<SdkHandle> {
  // An application with the preload imports this module for the tenant alone.
  const sdk = await import('./start-sdk.ts');
  return sdk.startSdk(options);
}
