import type { Logger } from 'pino';

/** What others are told of an order that was paid. */
export interface PaidOrder {
  readonly orderId: string;
  readonly tenantId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly totalMinor: number;
}

/** Where paid orders are put for whoever has something to do about them. */
export interface OrderQueue {
  /** Never throws: the order is placed, whoever hears of it. What could not be put there is in the log. */
  put(order: PaidOrder): void;
  close(): Promise<void>;
}

/** Without a name there is no queue, and nothing of BullMQ is loaded. */
export async function openOrderQueue(
  name: string | undefined,
  redisUrl: string,
  log: Logger,
): Promise<OrderQueue> {
  if (name === undefined) return { put: () => {}, close: async () => {} };
  const { Queue } = await import('bullmq');
  const queue = new Queue(name, {
    // A Redis that is away must not keep orders in our memory.
    connection: { url: redisUrl, enableOfflineQueue: false, maxRetriesPerRequest: 1 },
    defaultJobOptions: {
      attempts: 3,
      backoff: { type: 'exponential', delay: 500 },
      removeOnComplete: { age: 3_600, count: 100_000 },
      removeOnFail: { age: 86_400 },
    },
  });
  queue.on('error', (error) => log.warn({ err: error }, 'the queue of orders'));
  return {
    put: (order) => {
      queue.add('paid', order, { jobId: order.orderId }).catch((error: unknown) => {
        log.error({ err: error, orderId: order.orderId }, 'nobody was told of a paid order');
      });
    },
    close: () => queue.close(),
  };
}
