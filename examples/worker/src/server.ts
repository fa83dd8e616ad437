// What need not be done while a customer waits: takes paid orders out of the queue that the storefront puts them in.
import { createService, startService } from '@bellwether/example-service';
import { Worker } from 'bullmq';
import { orderConfirmation } from './confirm-order.ts';
import { measured } from './measured.ts';
import { settings } from './settings.ts';

const { WORKER_QUEUE, WORKER_CONCURRENCY, REDIS_URL } = settings;
const worker = new Worker(WORKER_QUEUE, measured(orderConfirmation(settings)), {
  connection: { url: REDIS_URL, maxRetriesPerRequest: null },
  concurrency: WORKER_CONCURRENCY,
});
const service = createService(settings, {
  redis: async () => (await worker.getBackend().client).get('health'),
});
worker.on('error', (error) => service.log.warn({ err: error }, 'the queue'));
worker.on('failed', (job, error) => {
  service.log.warn({ err: error, job: job?.id, attempt: job?.attemptsMade }, 'a job failed');
});

await startService(service, { name: 'worker', settings, release: () => worker.close() });
