import type { Context } from '../context.ts';
import { stackStatus } from '../stack/stack-status.ts';
import { dataFolder } from './stack-options.ts';

/** Where Prometheus is when no option says it: that of the running stack, else its usual port here. */
export function prometheusOfStack(context: Context, data?: string): string {
  const { addresses } = stackStatus(dataFolder(data, context));
  return addresses.prometheus ?? 'http://127.0.0.1:9090';
}
