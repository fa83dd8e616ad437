import type { Logger } from 'pino';
import { z } from 'zod';
import type { Cache } from '../cache/cache.ts';
import { holdHeap } from './hold-heap.ts';

/** Switches for drills. All are off by default. */
export const FaultPlan = z.strictObject({
  /** Share of payments that the gateway declines although it should not, 0 to 1. */
  declinedPaymentsRatio: z.number().min(0).max(1).default(0),
  /** Share of payments at which the gateway does not answer: 503, and the cart stays as it was. 0 to 1. */
  failedPaymentsRatio: z.number().min(0).max(1).default(0),
  /** Share of authenticated requests that fail with 500, 0 to 1. */
  errorRatio: z.number().min(0).max(1).default(0),
  /** Seconds that PostgreSQL sleeps in each transaction and product query, 0 to 10. */
  slowDatabaseSeconds: z.number().min(0).max(10).default(0),
  /** Seconds of CPU that each authenticated request burns, 0 to 1. Blocks the event loop: that is its purpose. */
  cpuBurnSeconds: z.number().min(0).max(1).default(0),
  /** Megabytes of heap that every replica holds, as a leak would have left them, 0 to 8,192. */
  heldHeapMegabytes: z.number().int().min(0).max(8_192).default(0),
  /** Only requests of these tenants fail and burn CPU. Empty: of all. */
  onlyTenants: z.array(z.string().min(1).max(64)).max(100).default([]),
  /** Products come from the database every time. */
  cacheOff: z.boolean().default(false),
});
export type FaultPlan = z.infer<typeof FaultPlan>;

export const noFaults: FaultPlan = FaultPlan.parse({});

/** The plan in force. It lives in Redis, so that all replicas follow within a second; while Redis is away the last one holds. */
export interface Faults {
  current(): FaultPlan;
  /** In force here at once. Rejects when Redis is away, as the other replicas then do not know. */
  change(plan: FaultPlan): Promise<void>;
  stop(): void;
}

const key = 'shop:faults';

export function followFaults(cache: Cache, log: Logger): Faults {
  let plan = noFaults;
  function follows(next: FaultPlan): void {
    plan = next;
    holdHeap(next.heldHeapMegabytes);
  }
  async function follow(): Promise<void> {
    const text = await cache.readShared(key).catch(() => undefined);
    if (text === undefined) return;
    const next = text === null ? noFaults : parse(text);
    if (next === undefined) return;
    if (JSON.stringify(next) !== JSON.stringify(plan)) log.warn({ faults: next }, 'faults changed');
    follows(next);
  }
  function parse(text: string): FaultPlan | undefined {
    try {
      return FaultPlan.parse(JSON.parse(text));
    } catch {
      log.error({ key }, 'Expected the fault plan in Redis to be valid JSON, got another text');
      return undefined;
    }
  }
  void follow();
  const timer = setInterval(() => void follow(), 1_000).unref();
  return {
    current: () => plan,
    change: async (next) => {
      follows(next);
      await cache.writeShared(key, JSON.stringify(next));
    },
    stop: () => clearInterval(timer),
  };
}
