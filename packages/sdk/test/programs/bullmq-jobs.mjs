// Adds jobs as two tenants and as nobody, works on them, and ends.
import { setTimeout as wait } from 'node:timers/promises';
import { counter, currentTenant, defineMeters, runWithTenant } from '@bellwether/meters';
import { Queue, Worker } from 'bullmq';

const meters = defineMeters('test', {
  jobs: counter('test.jobs', { unit: '{job}', description: 'Jobs done' }),
});
const connection = { url: process.env.REDIS_URL, maxRetriesPerRequest: null };
const queue = new Queue('letters', { connection });
const worker = new Worker(
  'letters',
  async (job) => {
    await wait(2);
    console.log(`${job.name} of ${currentTenant()}`);
    meters.jobs.add(1);
    if (job.name === 'fails') throw new TypeError('a secret: hunter2');
    return { secret: 'hunter2' };
  },
  { connection, concurrency: 4 },
);
const ended = new Promise((resolve) => {
  let open = 4;
  const one = () => {
    open -= 1;
    if (open === 0) resolve();
  };
  worker.on('completed', one);
  worker.on('failed', one);
});
await runWithTenant('acme', async () => await queue.add('sent', { secret: 'hunter2' }));
await runWithTenant('globex', async () => {
  await queue.addBulk([
    { name: 'sent', data: {} },
    { name: 'fails', data: {} },
  ]);
});
await queue.add('sent', {});
await ended;
await worker.close();
await queue.close();
