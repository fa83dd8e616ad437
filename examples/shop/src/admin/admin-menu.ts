import type { Settings } from '../settings.ts';
import type { AdminIdentity } from './identify-admin.ts';
import type { MenuEntry } from './pages/send-page.ts';

export interface AdminPlace extends MenuEntry {
  readonly about: string;
}

/** Where this user may go. */
export function adminPlaces({ role, tenant }: AdminIdentity, _settings: Settings): AdminPlace[] {
  return [
    {
      href: '/admin/orders',
      label: 'Orders',
      about: role === 'super-admin' ? 'Of each tenant, newest first' : `Of ${tenant}, newest first`,
    },
  ];
}
