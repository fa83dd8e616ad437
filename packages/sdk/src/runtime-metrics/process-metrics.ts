import { readdir } from 'node:fs/promises';
import { runtimeConventions as conventions } from '@bellwether/meters/conventions';
import type { BatchObservableCallback, Meter } from '@opentelemetry/api';
import type { Undo } from '../instrumentations/environment.ts';

const MICROSECONDS = 1e6;

/**
 * What the operating system knows of this process, by the semantic conventions:
 * https://opentelemetry.io/docs/specs/semconv/system/process-metrics/
 */
export function observeProcess(meter: Meter): Undo {
  const { cpuTime, memoryUsage, uptime: up, fileDescriptors } = conventions;
  const cpu = meter.createObservableCounter(cpuTime.name, cpuTime);
  const memory = meter.createObservableUpDownCounter(memoryUsage.name, memoryUsage);
  const uptime = meter.createObservableGauge(up.name, up);
  const files = meter.createObservableUpDownCounter(fileDescriptors.name, fileDescriptors);
  const all = [cpu, memory, uptime, files];
  const observe: BatchObservableCallback = async (result) => {
    const { user, system } = process.cpuUsage();
    result.observe(cpu, user / MICROSECONDS, { 'cpu.mode': 'user' });
    result.observe(cpu, system / MICROSECONDS, { 'cpu.mode': 'system' });
    result.observe(memory, process.memoryUsage.rss());
    result.observe(uptime, process.uptime());
    const open = await openFiles();
    if (open !== undefined) result.observe(files, open);
  };
  meter.addBatchObservableCallback(observe, all);
  return () => meter.removeBatchObservableCallback(observe, all);
}

/** Undefined where the system has no such folder. */
async function openFiles(): Promise<number | undefined> {
  try {
    return (await readdir('/proc/self/fd')).length;
  } catch {
    return undefined;
  }
}
