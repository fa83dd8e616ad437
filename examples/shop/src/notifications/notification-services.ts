import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import type { ChannelPlan } from './channel-plan.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { NotificationSettings } from './notification-settings.ts';
import type { SecretFile } from './secret-file.ts';
import type { DirectTeller } from './tell-directly.ts';

/** What the routes of the notification service share. */
export interface NotificationServices {
  readonly settings: NotificationSettings;
  readonly log: Logger;
  readonly database: Database;
  readonly plan: ChannelPlan;
  readonly dispatcher: Dispatcher;
  readonly direct: DirectTeller;
  readonly heartbeat: Heartbeat;
  readonly token: SecretFile;
  readonly readToken: SecretFile;
}
