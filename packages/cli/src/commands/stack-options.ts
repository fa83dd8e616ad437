import { resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { isPortName, PORT_TABLE, type PortName, portNames } from '../stack/ports.ts';
import { isServiceName, SERVICE_NAMES, type ServiceName } from '../stack/service-names.ts';

/** The data folder when `--data` is not given, seen from the working directory. */
export const DEFAULT_DATA_FOLDER = '.bellwether/stack';

export const dataFolder = (given: string | undefined, { cwd }: Context): string =>
  resolve(cwd, given ?? DEFAULT_DATA_FOLDER);

/** `prometheus=9090,collectorHttp=4318`, or `standard` for the ports that people know. */
export function parsePorts(text: string): Readonly<Partial<Record<PortName, number>>> {
  if (text === 'standard') {
    return Object.fromEntries(portNames().map((name) => [name, PORT_TABLE[name].standard]));
  }
  return Object.fromEntries(text.split(',').map(parsePort));
}

function parsePort(pair: string): readonly [PortName, number] {
  const [name = '', number = ''] = pair.trim().split('=');
  const port = /^\d{1,5}$/.test(number) ? Number(number) : Number.NaN;
  if (isPortName(name) && port >= 1 && port <= 65_535) return [name, port];
  throw new CliError(
    'ERR_OPTION',
    `Expected --ports to be \`standard\` or name=port pairs (names ${portNames().join(', ')}; ports 1 to 65535), got ${pair}.`,
  );
}

/** A list of services; all when it is not given. */
export function parseServices(text: string | undefined): readonly ServiceName[] {
  if (text === undefined) return SERVICE_NAMES;
  return text.split(',').map((part) => parseService(part.trim()));
}

export function parseService(name: string): ServiceName {
  if (isServiceName(name)) return name;
  throw new CliError(
    'ERR_OPTION',
    `Expected a service (${SERVICE_NAMES.join(', ')}), got ${name}.`,
  );
}
