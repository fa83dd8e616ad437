// A primary and four workers that each record once; the argument says how they end.
import cluster from 'node:cluster';
import { once } from 'node:events';
import { counter, defineMeters } from '@bellwether/meters';

const meters = defineMeters('cluster', {
  work: counter('cluster.work', { unit: '{thing}', description: 'Work done' }),
});
const way = process.argv[2];
const fork = async () => {
  const worker = cluster.fork();
  await once(worker, 'message');
  return worker;
};

if (cluster.isPrimary) {
  meters.work.add(100);
  const workers = await Promise.all([1, 2, 3, 4].map(fork));
  const ended = Promise.all(workers.map((worker) => once(worker, 'exit')));
  if (way === 'handler') process.on('SIGTERM', () => cluster.disconnect());
  if (way === 'disconnect') for (const worker of workers) worker.disconnect();
  if (way === 'kill') for (const worker of workers) worker.kill();
  if (way === 'killProcess') for (const worker of workers) worker.process.kill('SIGTERM');
  if (way === 'reload') {
    // As PM2 reloads: a new one first, then the old one goes.
    for (const worker of workers) {
      await fork();
      worker.kill();
      await once(worker, 'exit');
    }
    console.log(`running ${Object.keys(cluster.workers).length}`);
    for (const worker of Object.values(cluster.workers)) worker.disconnect();
  }
  console.log('ready');
  const how = await ended;
  console.log(how.map(([code, signal]) => signal ?? code).join(' '));
} else {
  meters.work.add(cluster.worker.id);
  const timer = setInterval(() => {}, 1_000);
  cluster.worker.on('disconnect', () => clearInterval(timer));
  process.send('counted');
}
