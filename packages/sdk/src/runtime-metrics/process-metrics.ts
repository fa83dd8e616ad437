import { readdir } from 'node:fs';
import { differences } from './observed-value.ts';
import { runtimeMeters as meters } from './runtime-meters.ts';

const MICROSECONDS = 1e6;

const growth = differences();

/**
 * What the operating system knows of this process, by the semantic conventions:
 * https://opentelemetry.io/docs/specs/semconv/system/process-metrics/
 */
export async function observeProcess(): Promise<void> {
  const { user, system } = process.cpuUsage();
  meters.cpuTime.add(growth('user', user / MICROSECONDS), { 'cpu.mode': 'user' });
  meters.cpuTime.add(growth('system', system / MICROSECONDS), { 'cpu.mode': 'system' });
  meters.memoryUsage.add(growth('memory', process.memoryUsage.rss()));
  meters.uptime.set(process.uptime());
  const open = await openFiles();
  if (open !== undefined) meters.fileDescriptors.add(growth('files', open));
}

/** Undefined where the system has no such folder. */
function openFiles(): Promise<number | undefined> {
  return new Promise((resolve) => {
    readdir('/proc/self/fd', (error, names) => resolve(error ? undefined : names.length));
  });
}
