import { readSettings } from '@bellwether/example-service';
import { z } from 'zod';

const origin = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin);

export const settings = readSettings(
  'the worker',
  {
    REDIS_URL: z.url({ protocol: /^rediss?$/ }),
    WORKER_QUEUE: z.string().regex(/^[\w-]{1,64}$/),
    WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(8),
    NOTIFICATIONS_URL: origin,
    NOTIFICATIONS_TOKEN_FILE: z.string().min(1),
    /** Without it nobody chats. */
    CHAT_URL: origin.optional(),
    SERVICE_TOKEN: z.string().min(16),
  },
  process.env,
);
