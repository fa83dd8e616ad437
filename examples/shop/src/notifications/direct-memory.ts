import type { ChannelPlan } from './channel-plan.ts';
import type { AlertToRecord, SentBefore } from './record-alerts.ts';
import { routeAlert } from './route-alert.ts';
import type { ReceivedAlert } from './webhook-payload.ts';

/** An alert on its way to one channel. */
export interface DirectTelling {
  readonly alert: DirectAlert;
  readonly channel: string;
  attempts: number;
  /** Milliseconds since 1970: not to be tried sooner. */
  notBefore: number;
  sent: SentBefore | undefined;
}

/** A critical alert that could not be stored. */
export interface DirectAlert {
  readonly received: ReceivedAlert;
  readonly receivedAt: Date;
  readonly bytes: number;
  readonly tellings: readonly DirectTelling[];
}

/** What is known of alerts that could not be stored, until they are. */
export interface DirectMemory {
  /** Takes alerts that are critical and not known yet, and how they end when they were taken themselves. Returns how many. */
  take(alerts: readonly ReceivedAlert[]): number;
  alerts(): readonly DirectAlert[];
  /** Not told yet on this channel, oldest first. */
  due(channel: string): readonly DirectTelling[];
  /** Alerts for which there was no room: they are told when the database has them. */
  leftOut(): number;
  forget(alerts: readonly DirectAlert[]): void;
}

const mostLeftOut = 10_000;

/** Room for `mostAlerts`, which together have at most `mostBytes`. What comes first stays. */
export function openDirectMemory(
  plan: ChannelPlan,
  { mostAlerts, mostBytes }: { readonly mostAlerts: number; readonly mostBytes: number },
  now: () => number = Date.now,
): DirectMemory {
  const known = new Map<string, DirectAlert>();
  const leftOut = new Set<string>();
  let bytes = 0;

  function takeOne(received: ReceivedAlert): boolean {
    const key = keyOf(received, received.status);
    if (received.severity !== 'critical' || known.has(key)) return false;
    // Nobody was told of its start by us: its end is no news, and can wait for the database.
    if (received.status === 'resolved' && !known.has(keyOf(received, 'firing'))) return false;
    const size = JSON.stringify(received).length;
    if (known.size >= mostAlerts || bytes + size > mostBytes) {
      if (leftOut.size < mostLeftOut) leftOut.add(key);
      return false;
    }
    const tellings: DirectTelling[] = [];
    const alert = { received, receivedAt: new Date(now()), bytes: size, tellings };
    for (const channel of routeAlert(plan, received)) {
      tellings.push({ alert, channel, attempts: 0, notBefore: 0, sent: undefined });
    }
    known.set(key, alert);
    bytes += size;
    return true;
  }

  return {
    take: (alerts) => alerts.filter(takeOne).length,
    alerts: () => [...known.values()],
    due: (channel) =>
      [...known.values()]
        .flatMap(({ tellings }) => tellings)
        .filter(
          (telling) =>
            telling.channel === channel && telling.sent === undefined && telling.notBefore <= now(),
        ),
    leftOut: () => leftOut.size,
    forget: (alerts) => {
      for (const alert of alerts) {
        if (known.delete(keyOf(alert.received, alert.received.status))) bytes -= alert.bytes;
      }
      if (known.size === 0) leftOut.clear();
    },
  };
}

/** One that is known, as it is stored: with what was told of it, and when. */
export function toRecord({ received, receivedAt, tellings }: DirectAlert): AlertToRecord {
  return { ...received, receivedAt, sent: tellings.flatMap(({ sent }) => sent ?? []) };
}

const keyOf = ({ fingerprint, startsAt }: ReceivedAlert, status: ReceivedAlert['status']) =>
  `${fingerprint} ${startsAt.getTime()} ${status}`;
