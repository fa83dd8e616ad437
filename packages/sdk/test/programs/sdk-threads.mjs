import { once } from 'node:events';
import { isMainThread, threadId, Worker } from 'node:worker_threads';
import { counter, defineMeters } from '@bellwether/meters';

const meters = defineMeters('threads', {
  work: counter('threads.work', { unit: '{thing}', description: 'Work done' }),
});
meters.work.add(threadId + 1);
if (isMainThread) {
  const workers = [1, 2].map(() => new Worker(new URL(import.meta.url)));
  await Promise.all(workers.map((worker) => once(worker, 'exit')));
  console.log('workers ended');
}
