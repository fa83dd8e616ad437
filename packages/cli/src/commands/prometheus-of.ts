import type { Context } from '../context.ts';
import { serverAddress } from '../server-address.ts';
import { stackStatus } from '../stack/stack-status.ts';
import { dataFolder } from './stack-options.ts';

/** Where Prometheus is: as --prometheus says, else where the running stack has it, else at its usual port here. Throws ERR_OPTION. */
export function prometheusOf(context: Context, given?: string, data?: string): string {
  if (given !== undefined) return serverAddress('--prometheus', given);
  const { addresses } = stackStatus(dataFolder(data, context));
  return addresses.prometheus ?? 'http://127.0.0.1:9090';
}
