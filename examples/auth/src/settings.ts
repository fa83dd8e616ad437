import { readSettings } from '@bellwether/example-service';
import { z } from 'zod';

export const settings = readSettings(
  'the auth service',
  {
    REDIS_URL: z.url({ protocol: /^rediss?$/ }),
    STOREFRONT_URL: z.url({ protocol: /^https?$/ }),
    /** Where profiles are kept. Without it nobody has one. */
    USERS_URL: z.url({ protocol: /^https?$/ }).optional(),
    SERVICE_TOKEN: z.string().min(16),
    /** A file with JSON: the tenant of each API key, by the key's SHA-256 in hexadecimal. */
    AUTH_KEYS_FILE: z.string().min(1),
  },
  process.env,
);
