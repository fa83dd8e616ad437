import { readSettings } from '@bellwether/example-service';
import { z } from 'zod';

const origin = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin);

export const settings = readSettings(
  'the gateway',
  {
    AUTH_URL: origin,
    STOREFRONT_URL: origin,
    /** Without it there are no profiles. */
    USERS_URL: origin.optional(),
    SERVICE_TOKEN: z.string().min(16),
    /** Requests a second of one customer, or of one tenant's key. */
    GATEWAY_RATE_LIMIT: z.coerce.number().int().min(1).max(100_000).default(50),
    /** A header that an edge in front of us sets and that is passed on, as that of a client's country. */
    GATEWAY_EDGE_HEADER: z.string().min(1).optional(),
  },
  process.env,
);
