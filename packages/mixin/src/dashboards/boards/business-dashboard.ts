import { runtime } from '../../metrics/node-runtime.ts';
import { http } from '../../metrics/sdk-metrics.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { catalogRows, questionsOf } from './business/catalog-rows.ts';
import { growthRow } from './business/growth-row.ts';
import { moneyRow } from './business/money-row.ts';
import { productRow } from './business/product-row.ts';
import { shopRow } from './business/shop-row.ts';
import { subscriptionsRow } from './business/subscriptions-row.ts';
import { tenantsRow } from './business/tenants-row.ts';

/**
 * The business in numbers. What the catalogs declare and neither this dashboard nor one of `others` shows gets a panel at its
 * end, so that no instrument is without one.
 */
export function businessDashboard(others: readonly DashboardSource[]): DashboardSource {
  return {
    uid: uids.business,
    folder: folders.business,
    build: (spec) => {
      const rows = [
        growthRow(spec),
        moneyRow(spec),
        shopRow(spec),
        subscriptionsRow(spec),
        productRow(spec),
        tenantsRow(spec),
      ];
      const shown = others.flatMap(({ build }) => {
        const built = build(spec);
        return built === undefined ? [] : [questionsOf(built)];
      });
      return dashboard(spec, {
        uid: uids.business,
        title: 'Business intelligence',
        description:
          'Is the business growing, what does it earn, who leaves, and what do people use? For founders, product and sales.',
        tags: ['business'],
        about: [http.serverDuration, runtime.uptime],
        links: [
          dashboardLink('E-commerce overview', uids.ecommerce),
          dashboardLink('Tenant', uids.tenant),
          dashboardLink('Executive overview', uids.executive),
        ],
        rows: [...rows, ...catalogRows(spec, [...rows, ...shown])],
        from: 'now-24h',
      });
    },
  };
}
