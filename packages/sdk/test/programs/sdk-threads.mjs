import { once } from 'node:events';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { counter, defineMeters } from '@bellwether/meters';

const meters = defineMeters('threads', {
  work: counter('threads.work', { unit: '{thing}', description: 'Work done' }),
});
meters.work.add(workerData ?? 1);
if (isMainThread) {
  const workers = [2, 3].map((workerData) => new Worker(new URL(import.meta.url), { workerData }));
  await Promise.all(workers.map((worker) => once(worker, 'exit')));
  console.log('workers ended');
}
