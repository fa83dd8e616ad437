import type { AlertSource } from './alert.ts';
import { diskFilling } from './host/disk-filling.ts';
import { diskFull } from './host/disk-full.ts';
import { hostCpuHigh } from './host/host-cpu-high.ts';
import { hostMemoryFilling } from './host/host-memory-filling.ts';
import { hostMemoryHigh } from './host/host-memory-high.ts';
import { nodeDown } from './host/node-down.ts';
import { targetDown } from './host/target-down.ts';

/** What machines suffer from, as node_exporter tells it, and targets that Prometheus does not reach. */
export const hostAlerts: readonly AlertSource[] = [
  nodeDown,
  diskFull,
  diskFilling,
  hostCpuHigh,
  hostMemoryHigh,
  hostMemoryFilling,
  targetDown,
];
