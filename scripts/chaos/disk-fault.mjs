import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mountSmallDisk } from '../drill/small-disk.mjs';

/** Only root may mount a disk that can be filled without harm. The queue is on it for the time of the fault. */
export const diskFault = {
  name: 'queue-disk-full',
  fault: "Prometheus is gone, and the disk under the Collector's queue is full",
  means:
    'what finds no room is not taken, and said; the first export that does has every increment',
  quick: false,
  root: true,
  seconds: { quick: 12, full: 120 },
  promise: { requests: true },
  alert: { name: 'CollectorSendFailing', severity: 'warning', forSeconds: 0 },
  async prepare({ pipeline, dataDir, folder, disks }) {
    const queue = join(dataDir, 'collector', 'queue');
    await pipeline.stack.stopService('collector');
    mkdirSync(queue, { recursive: true });
    disks.push(mountSmallDisk(join(folder, 'disk'), queue));
    await pipeline.stack.startService('collector');
  },
  // The queue takes more room only while it grows.
  async start({ pipeline, disks }) {
    disks[0].fill();
    await pipeline.stack.stopService('prometheus', 'SIGKILL');
  },
  async mend({ pipeline, disks }) {
    disks[0].empty();
    await pipeline.stack.startService('prometheus');
  },
  async clean({ pipeline, disks }) {
    await pipeline.stack.stopService('collector');
    disks.pop().unmount();
    await pipeline.stack.startService('collector');
  },
};
