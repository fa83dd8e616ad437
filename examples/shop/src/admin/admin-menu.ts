import type { Settings } from '../settings.ts';
import type { AdminIdentity } from './identify-admin.ts';
import type { MenuEntry } from './pages/send-page.ts';

export interface AdminPlace extends MenuEntry {
  readonly about: string;
}

/** Where this user may go. */
export function adminPlaces({ role, tenant }: AdminIdentity, settings: Settings): AdminPlace[] {
  const all = role === 'super-admin';
  const places: AdminPlace[] = [];
  if (settings.monitoring.prometheusUrl !== undefined && role !== 'staff') {
    const whose = all ? 'all tenants' : tenant;
    places.push({
      href: '/admin/monitoring/',
      label: 'Monitoring',
      about: `Whether ${whose} ${all ? 'are' : 'is'} up, fast and earning`,
    });
  }
  if (settings.grafana !== undefined && all) {
    places.push({ href: '/admin/dashboards', label: 'Grafana', about: 'Every dashboard' });
  }
  places.push({
    href: '/admin/orders',
    label: 'Orders',
    about: all ? 'Of each tenant, newest first' : `Of ${tenant}, newest first`,
  });
  return places;
}
