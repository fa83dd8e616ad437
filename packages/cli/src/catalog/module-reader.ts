import { pathToFileURL } from 'node:url';
import { catalogOf, type MeterCatalog } from '@bellwether/meters';
import { commandLine, parentChannel } from '../context.ts';
import type { FromModuleReader } from './module-reader-messages.ts';
import { registerTypeScript } from './typescript-modules.ts';

// A process of its own: imports the files of its command line and tells its parent what they export. Whatever else
// they do, print, listen or wait, ends with this process, which the parent kills.
const channel = parentChannel();
const send = (message: FromModuleReader) => channel.send(message);

let file = '';
channel.onFatal((error) => send({ type: 'failed', file, message: messageOf(error) }));
registerTypeScript();
for (file of commandLine()) {
  try {
    send({ type: 'module', module: await read(file) });
  } catch (error) {
    send({ type: 'failed', file, message: messageOf(error) });
    break;
  }
}

async function read(path: string) {
  const exported: Record<string, unknown> = await import(pathToFileURL(path).href);
  const catalogs = new Set(
    Object.values(exported)
      .map(catalogIn)
      .filter((catalog) => catalog !== undefined),
  );
  return {
    file: path,
    exports: Object.keys(exported),
    catalogs: [...catalogs],
    ...(isPlain(exported.default) && { spec: withCatalogs(exported.default) }),
  };
}

function catalogIn(value: unknown): MeterCatalog | undefined {
  return typeof value === 'object' && value !== null ? catalogOf(value) : undefined;
}

/** `catalogs: [meters]` is as good as `catalogs: [catalogOf(meters)]`. */
function withCatalogs(spec: Record<string, unknown>): Record<string, unknown> {
  const { catalogs } = spec;
  if (!Array.isArray(catalogs)) return spec;
  return { ...spec, catalogs: catalogs.map((entry) => catalogIn(entry) ?? entry) };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || catalogOf(value) !== undefined) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && !error.message.includes(code)
    ? `${error.message} [${code}]`
    : error.message;
}
