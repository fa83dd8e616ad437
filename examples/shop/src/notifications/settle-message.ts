import type { Database } from '../database/database.ts';
import type { ClaimedMessage } from './claim-message.ts';

/** A channel took the message. */
export interface Sent {
  readonly outcome: 'sent';
  /** Whom it reached: addresses of a mail, nobody in particular otherwise. */
  readonly recipients: readonly string[];
  /** What the other side calls it, or what it answered. */
  readonly reference: string | undefined;
  /** Who was to be reached and was not. The text holds no secret. */
  readonly problem?: string;
}

/** It did not. The text holds no secret. */
export interface NotSent {
  readonly outcome: 'failed';
  /** `channel`: nothing can be sent there now; `message`: this one was refused and others may pass. */
  readonly scope: 'channel' | 'message';
  readonly error: string;
  /** Seconds that the other side asked us to wait. */
  readonly retryAfterSeconds?: number;
}

/**
 * Notes that a message was taken. Returns the ids of the notifications that this changed: those whose lease was lost meanwhile
 * belong to somebody else.
 */
export function settleSent(
  database: Database,
  channel: string,
  { id }: ClaimedMessage,
  { recipients, reference, problem }: Sent,
): Promise<ReadonlySet<string>> {
  return database.$transaction(async (tx) => {
    await tx.message.update({
      where: { id },
      data: {
        endedAt: new Date(),
        sent: true,
        reference: reference ?? null,
        error: problem ?? null,
      },
    });
    const rows = await tx.$queryRaw<Array<{ id: string }>>`
      UPDATE notifications SET state = 'sent', sent_at = now(), recipients = ${[...recipients]}::text[], last_error = ${problem ?? null}
      WHERE message_id = ${id}::uuid AND state = 'pending' RETURNING id`;
    await tx.channel.updateMany({
      where: { name: channel, failures: { gt: 0 } },
      data: { failures: 0, blockedUntil: null },
    });
    return new Set(rows.map((row) => row.id));
  });
}

/**
 * Notes that a message was not taken. When the channel is at fault it is left alone for a while, and what waits for it is sent
 * together afterwards, in order; when the message is at fault only that waits, and is sent in halves afterwards, until what nobody takes is
 * alone. `pause` says how long, from the failures in a row.
 */
export function settleFailed(
  database: Database,
  channel: string,
  { id }: ClaimedMessage,
  { scope, error, retryAfterSeconds = 0 }: NotSent,
  pause: (failures: number) => number,
): Promise<{ readonly failures: number; readonly pauseSeconds: number }> {
  return database.$transaction(async (tx) => {
    const refused = scope === 'message';
    await tx.message.update({ where: { id }, data: { endedAt: new Date(), error, refused } });
    if (refused) {
      const [row] = await tx.$queryRaw<Array<{ attempts: number | null }>>`
        SELECT max(attempts)::int AS attempts FROM notifications WHERE message_id = ${id}::uuid`;
      const failures = row?.attempts ?? 1;
      const pauseSeconds = pause(failures);
      await tx.$executeRaw`
        UPDATE notifications SET last_error = ${error}, next_attempt_at = now() + make_interval(secs => ${pauseSeconds}::float8)
        WHERE message_id = ${id}::uuid AND state = 'pending'`;
      return { failures, pauseSeconds };
    }
    const { failures } = await tx.channel.update({
      where: { name: channel },
      data: { failures: { increment: 1 } },
    });
    const pauseSeconds = Math.max(pause(failures), retryAfterSeconds);
    await tx.$executeRaw`
      UPDATE channels SET blocked_until = now() + make_interval(secs => ${pauseSeconds}::float8) WHERE name = ${channel}`;
    await tx.$executeRaw`
      UPDATE notifications SET last_error = ${error}, next_attempt_at = now()
      WHERE message_id = ${id}::uuid AND state = 'pending'`;
    return { failures, pauseSeconds };
  });
}
