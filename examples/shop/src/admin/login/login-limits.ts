import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { RedisClient } from '../../cache/connect-redis.ts';
import { requireRedis } from '../../cache/require-redis.ts';

/** Bounds the guessing of passwords, over all replicas. Rejects while Redis is away: then nobody logs in. */
export interface LoginLimits {
  /** Counts one attempt before it is looked at, so that attempts at once count too. Returns seconds to wait, or 0 for go on. */
  take(attempt: Attempt): Promise<number>;
  /** The attempt was good: it and the mistakes before it count no more for this account from this address. */
  giveBack(attempt: Attempt): Promise<void>;
}

interface Attempt {
  readonly email: string;
  readonly address: string;
}

/**
 * Five mistakes for an account from one address, so that a stranger elsewhere can not lock its owner out; thirty from one
 * address for whatever account; fifty for one account from wherever, against many addresses. Keys are digests: neither an e-mail
 * nor an IP address is in Redis or in a span.
 */
export function createLoginLimits(redis: RedisClient): LoginLimits {
  const limit = (name: string, points: number, duration: number) =>
    new RateLimiterRedis({
      storeClient: redis,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
      keyPrefix: `shop:admin-logins:${name}`,
      points,
      duration,
    });
  const pair = limit('pair', 5, 900);
  const address = limit('address', 30, 900);
  const account = limit('account', 50, 3_600);

  const ask = requireRedis();
  const keysOf = ({ email, address }: Attempt) => ({
    pairKey: digest(`${email} ${networkOf(address)}`),
    addressKey: digest(networkOf(address)),
    accountKey: digest(email),
  });

  return {
    take: async (attempt) => {
      const { pairKey, addressKey, accountKey } = keysOf(attempt);
      const waits = await ask(() =>
        Promise.all([
          secondsToWait(pair, pairKey),
          secondsToWait(address, addressKey),
          secondsToWait(account, accountKey),
        ]),
      );
      return Math.max(...waits);
    },
    giveBack: async (attempt) => {
      const { pairKey, addressKey, accountKey } = keysOf(attempt);
      await ask(() =>
        Promise.all([pair.delete(pairKey), address.reward(addressKey), account.reward(accountKey)]),
      );
    },
  };
}

async function secondsToWait(limiter: RateLimiterRedis, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refused) {
    if (refused instanceof RateLimiterRes)
      return Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
    throw refused;
  }
}

/** Whoever has an IPv6 address has the 2^64 of its network. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = address.toLowerCase().split('%', 1).join('').split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array<string>(Math.max(0, zeros)).fill('0'), ...last];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
