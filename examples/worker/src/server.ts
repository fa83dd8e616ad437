// What need not be done while a customer waits: takes paid orders out of the queue that the storefront puts them in.
import { createService, startService } from '@bellwether/example-service';
import { Queue, Worker } from 'bullmq';
import { orderConfirmation } from './confirm-order.ts';
import { measured } from './measured.ts';
import { settings } from './settings.ts';
import { watchQueue } from './watch-queue.ts';

const { WORKER_QUEUE, WORKER_CONCURRENCY, REDIS_URL } = settings;
const connection = { url: REDIS_URL, maxRetriesPerRequest: null };
const worker = new Worker(WORKER_QUEUE, measured(orderConfirmation(settings)), {
  connection,
  concurrency: WORKER_CONCURRENCY,
});
const queue = new Queue(WORKER_QUEUE, { connection });
const service = createService(settings, {
  redis: async () => (await worker.getBackend().client).get('health'),
});
const onQueueError = (error: Error) => service.log.warn({ err: error }, 'the queue');
worker.on('error', onQueueError);
queue.on('error', onQueueError);
worker.on('failed', (job, error) => {
  service.log.warn({ err: error, job: job?.id, attempt: job?.attemptsMade }, 'a job failed');
});

const endWatch = watchQueue(queue, onQueueError);

await startService(service, {
  name: 'worker',
  settings,
  release: async () => {
    endWatch();
    await worker.close();
    await queue.close();
  },
});
