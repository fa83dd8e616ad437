import type { Logger } from 'pino';
import type { ChannelPlan } from '../channel-plan.ts';
import type { Channel } from './channel.ts';
import { emailChannel } from './email-channel.ts';
import { logChannel } from './log-channel.ts';
import { slackChannel } from './slack-channel.ts';

/** The channels of the plan. Throws when a secret cannot be read: better at start than at the first alert. */
export function openChannels({ channels }: Pick<ChannelPlan, 'channels'>, log: Logger): Channel[] {
  return Object.entries(channels).map(([name, channel]) => {
    if (channel.kind === 'email') return emailChannel(name, channel);
    return channel.kind === 'slack' ? slackChannel(name, channel) : logChannel(name, log);
  });
}
