import { describeExit } from '../stack/service-process.ts';
import type { StackStatus } from '../stack/stack-status.ts';
import type { ServiceState } from '../stack/state-file.ts';

/** The status as text for a person. */
export function renderStatus(status: StackStatus): string {
  const { state, dataDir, addresses, services } = status;
  const lines = [`stack: ${state}`, `data:  ${dataDir}`];
  if (services.length > 0) lines.push('', ...services.map(serviceLine));
  for (const { name, exit } of services) {
    if (exit !== undefined) lines.push('', `${name} ended with:`, ...exit.lastLines.map(indent));
  }
  const known = Object.entries(addresses);
  const width = Math.max(0, ...known.map(([name]) => name.length));
  if (known.length > 0) {
    lines.push('', ...known.map(([name, address]) => `${name.padEnd(width)}  ${address}`));
  }
  return lines.join('\n');
}

const indent = (line: string) => `  ${line}`;

function serviceLine({ name, state, process, exit }: ServiceState): string {
  const what = exit === undefined ? state : `${state} at ${exit.at} with ${describeExit(exit)}`;
  const pid = process === undefined || state === 'stopped' ? '' : ` (process ${process.pid})`;
  return `${name.padEnd(18)}${what}${pid}`;
}
