import { createHash, randomBytes } from 'node:crypto';
import type { RedisClientType } from 'redis';
import { z } from 'zod';

const Grant = z.object({
  tenant: z.string(),
  customerId: z.string(),
  /** What the storefront gave for the login. It never leaves our services. */
  storefrontToken: z.string(),
});

/** What a token stands for. */
export type Grant = z.infer<typeof Grant>;

/**
 * Tokens that say nothing by themselves: what each stands for is in Redis, under the token's digest, for as long as the
 * storefront's own token is good.
 */
export interface TokenStore {
  issue(grant: Grant, seconds: number): Promise<string>;
  find(token: string): Promise<Grant | undefined>;
}

export function tokenStore(redis: Pick<RedisClientType, 'get' | 'set'>): TokenStore {
  const keyOf = (token: string) => `auth:token:${createHash('sha256').update(token).digest('hex')}`;
  return {
    issue: async (grant, seconds) => {
      const token = randomBytes(32).toString('base64url');
      await redis.set(keyOf(token), JSON.stringify(grant), {
        expiration: { type: 'EX', value: seconds },
      });
      return token;
    },
    find: async (token) => {
      const text = await redis.get(keyOf(token));
      return typeof text === 'string' ? Grant.parse(JSON.parse(text)) : undefined;
    },
  };
}
