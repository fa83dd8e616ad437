// A worker thread that records once and ends as the argument says.
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { counter, defineMeters } from '@bellwether/meters';

const meters = defineMeters('threads', {
  work: counter('threads.work', { unit: '{thing}', description: 'Work done' }),
});
if (isMainThread) {
  meters.work.add(1);
  const way = process.argv[2];
  const worker = new Worker(new URL(import.meta.url), { workerData: way });
  const exited = new Promise((resolve) => worker.once('exit', resolve));
  worker.on('error', ({ message }) => console.log(`error ${message}`));
  await once(worker, 'message');
  if (way === 'terminate') await worker.terminate();
  if (way === 'closes') worker.postMessage('close');
  console.log(`ended ${await exited}`);
} else {
  meters.work.add(2);
  const ways = {
    natural: () => {},
    exit: () => setTimeout(() => process.exit(3), 20),
    throws: () =>
      setTimeout(() => {
        throw new Error('a bug');
      }, 20),
    rejects: () => setTimeout(() => Promise.reject(new Error('a broken promise')), 20),
    closes: () => parentPort.once('message', () => parentPort.close()),
    terminate: () => setInterval(() => {}, 1_000),
  };
  ways[workerData]();
  parentPort.postMessage('counted');
}
