import type { Logger } from 'pino';
import type { Admin } from './admin/open-admin.ts';
import type { Cache } from './cache/cache.ts';
import type { Database } from './database/database.ts';
import type { Faults } from './faults/fault-plan.ts';
import type { OrderQueue } from './orders/order-queue.ts';
import type { Settings } from './settings.ts';
import type { States } from './states/states.ts';
import type { TenantDirectory } from './tenants/tenant-directory.ts';

/** What the routes of one process share. */
export interface Services {
  readonly settings: Settings;
  readonly log: Logger;
  readonly database: Database;
  readonly cache: Cache;
  readonly admin: Admin;
  readonly tenants: TenantDirectory;
  readonly faults: Faults;
  readonly states: States;
  readonly orderQueue: OrderQueue;
}
