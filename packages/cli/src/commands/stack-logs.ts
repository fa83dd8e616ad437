import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { lastLogLines } from '../stack/log-lines.ts';
import type { ServiceName } from '../stack/service-names.ts';
import { logFile, readState } from '../stack/state-file.ts';

export interface StackLogsOptions {
  readonly dataDir: string;
  /** Default: every service, each line with its name. */
  readonly name?: ServiceName | 'supervisor';
  /** How many lines from the end. */
  readonly lines: number;
  /** Prints what comes until Ctrl-C. */
  readonly follow: boolean;
  readonly json: boolean;
}

/** Prints the logs in the data folder, of a stack that runs or of one that has ended. */
export async function stackLogs(context: Context, options: StackLogsOptions): Promise<number> {
  const { dataDir, name, lines, follow, json } = options;
  const state = readState(dataDir);
  if (state === undefined) {
    throw new CliError(
      'ERR_STACK_NOT_RUNNING',
      `Expected a stack's data folder, got ${dataDir}, which has no stack.json; start one by \`bellwether stack up\`, or name its folder by --data.`,
    );
  }
  const names = name === undefined ? state.services.map((service) => service.name) : [name];
  const print = (from: string, line: string) => {
    if (json) context.out(JSON.stringify({ service: from, line }));
    else context.out(name === undefined ? `${from} | ${line}` : line);
  };
  for (const each of names) {
    for (const line of lastLogLines(logFile(dataDir, each), lines)) print(each, line);
  }
  if (!follow) return 0;
  const stop = new AbortController();
  const forget = context.onStopSignal(() => stop.abort());
  const readers = names.map((each) => ({ each, read: newLines(logFile(dataDir, each)) }));
  while (!stop.signal.aborted) {
    for (const { each, read } of readers) for (const line of read()) print(each, line);
    await wait(200, undefined, { signal: stop.signal }).catch(() => {});
  }
  forget();
  return 0;
}

/** The whole lines that were added to a file since the last call. */
function newLines(file: string): () => readonly string[] {
  let position = sizeOf(file);
  let rest = '';
  return () => {
    const size = sizeOf(file);
    // A new start begins the file anew.
    if (size < position) position = 0;
    if (size === position) return [];
    const descriptor = openSync(file, 'r');
    try {
      const buffer = Buffer.alloc(Math.min(size - position, 1_048_576));
      position += readSync(descriptor, buffer, 0, buffer.length, position);
      const parts = (rest + buffer.toString('utf8')).split('\n');
      rest = parts.pop() ?? '';
      return parts;
    } finally {
      closeSync(descriptor);
    }
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
