import { readSettings } from '@bellwether/example-service';
import { z } from 'zod';

export const settings = readSettings(
  'the chat',
  {
    AUTH_URL: z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin),
    SERVICE_TOKEN: z.string().min(16),
  },
  process.env,
);
