import cluster from 'node:cluster';
import { once } from 'node:events';
import { counter, defineMeters } from '@bellwether/meters';

const meters = defineMeters('cluster', {
  work: counter('cluster.work', { unit: '{thing}', description: 'Work done' }),
});
if (cluster.isPrimary) {
  meters.work.add(100);
  const workers = [1, 2].map(() => cluster.fork());
  await Promise.all(workers.map((worker) => once(worker, 'exit')));
} else {
  meters.work.add(cluster.worker.id);
  cluster.worker.disconnect();
}
