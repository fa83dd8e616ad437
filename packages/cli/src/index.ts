export type { CliErrorCode } from './cli-error.ts';
export { CliError } from './cli-error.ts';
export type { EnsureServerOptions, ServerBinary } from './servers/ensure-server.ts';
export { ensureServer } from './servers/ensure-server.ts';
export type { ServerName } from './servers/server-table.ts';
export type { AddressesOf, StackAddresses } from './stack/addresses.ts';
export type { PortName } from './stack/ports.ts';
export type { PromSample } from './stack/prom-query.ts';
export { promQuery } from './stack/prom-query.ts';
export type { ServiceName } from './stack/service-names.ts';
export type {
  AlertmanagerTiming,
  MysqlTarget,
  NotificationTarget,
  PrometheusTiming,
  StackSettings,
} from './stack/stack-settings.ts';
export type { StackStatus } from './stack/stack-status.ts';
export { stackStatus } from './stack/stack-status.ts';
export type { Stack, StartStackOptions } from './stack/start-stack.ts';
export { startStack } from './stack/start-stack.ts';
export type { ServiceState } from './stack/state-file.ts';
export { stopStack } from './stack/stop-stack.ts';
export type { StackProgress } from './stack/supervisor-messages.ts';
