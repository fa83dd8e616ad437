import type { Logger } from 'pino';
import type { Channel } from './channel.ts';

/** One line of JSON for each message: for those who read logs, and as the channel that cannot be away. */
export function logChannel(name: string, log: Logger): Channel {
  return {
    name,
    kind: 'log',
    send: async ({ subject, alerts, others }) => {
      const shown = alerts.map(({ facts, links, ...alert }) => ({
        ...alert,
        ...Object.fromEntries([...facts, ...links]),
      }));
      log.warn(
        { channel: name, subject, alerts: shown, others: Object.fromEntries(others) },
        'alert',
      );
      return { outcome: 'sent', recipients: [], reference: undefined };
    },
  };
}
