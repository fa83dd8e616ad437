import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { RedisClient } from '../../cache/connect-redis.ts';
import { requireRedis } from '../../cache/require-redis.ts';
import { adminRoles } from '../users/admin-user.ts';

const Stored = z.object({
  userId: z.uuid(),
  email: z.string(),
  role: z.enum(adminRoles),
  tenant: z.string().nullable(),
  /** Unix milliseconds, as the three below: the row of the user when it was last read. */
  userChangedAt: z.number(),
  startedAt: z.number(),
  checkedAt: z.number(),
});

/** What a session stands for: who logged in, as it was known when the user was last read. */
export type AdminSession = Readonly<z.infer<typeof Stored>>;

/** Sessions in Redis. All of it rejects while Redis is away: without it nobody is known. */
export interface AdminSessions {
  /** Returns the secret for the cookie, 256 random bits. It is new each time, so none can be planted before a login. */
  begin(user: Omit<AdminSession, 'startedAt' | 'checkedAt'>): Promise<string>;
  /** Nothing for what has expired or never was. Reading keeps a session from going idle, but not past its absolute end. */
  read(secret: string): Promise<AdminSession | undefined>;
  /** Changes what is known, unless the session has ended meanwhile. */
  update(secret: string, session: AdminSession): Promise<void>;
  end(secret: string): Promise<void>;
}

interface Options {
  /** Seconds without a request after which a session is over. Default 30 minutes. */
  readonly idleSeconds?: number;
  /** Seconds after which it is over whatever happens. Default 12 hours. */
  readonly lifeSeconds?: number;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

export function createAdminSessions(
  redis: RedisClient,
  { idleSeconds = 1_800, lifeSeconds = 43_200, now = Date.now }: Options = {},
): AdminSessions {
  const ask = requireRedis();
  return {
    begin: async (user) => {
      const secret = randomBytes(32).toString('base64url');
      const session = { ...user, startedAt: now(), checkedAt: now() };
      const seconds = Math.min(idleSeconds, lifeSeconds);
      await ask(() =>
        redis.set(keyOf(secret), JSON.stringify(session), {
          expiration: { type: 'EX', value: seconds },
        }),
      );
      return secret;
    },
    read: async (secret) => {
      const text = await ask(() => redis.get(keyOf(secret)));
      const session = typeof text === 'string' ? parse(text) : undefined;
      if (session === undefined) return undefined;
      const left = Math.ceil(session.startedAt / 1_000 + lifeSeconds - now() / 1_000);
      // EXPIRE does nothing to a key that is gone, so a session that was ended meanwhile stays so.
      await ask(() => redis.expire(keyOf(secret), Math.min(idleSeconds, left)));
      return left > 0 ? session : undefined;
    },
    update: async (secret, session) => {
      await ask(() =>
        redis.set(keyOf(secret), JSON.stringify(session), {
          condition: 'XX',
          expiration: 'KEEPTTL',
        }),
      );
    },
    end: async (secret) => {
      await ask(() => redis.del(keyOf(secret)));
    },
  };
}

/** Who reads Redis, or a span of a command, finds no secret there. */
function keyOf(secret: string): string {
  return `shop:admin-session:${createHash('sha256').update(secret).digest('hex')}`;
}

function parse(text: string): AdminSession | undefined {
  try {
    return Stored.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
