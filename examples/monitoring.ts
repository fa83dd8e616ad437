import { catalogOf } from '@bellwether/meters';
import { defineMonitoring } from '@bellwether/mixin';
import { meters as auth } from './auth/src/meters.ts';
import { meters as batch } from './batch/src/meters.ts';
import { meters as chat } from './chat/src/meters.ts';
import { meters as gateway } from './gateway/src/meters.ts';
import shop from './shop/monitoring.ts';
import { meters as users } from './users/src/meters.ts';
import { meters as worker } from './worker/src/meters.ts';

/**
 * The shop and the services around it, from which `npm run generate` in the root makes everything in prometheus/, grafana/dashboards,
 * docs/reference and docs/runbooks. Where only the shop runs, what is about the others stays empty and silent.
 */
export default defineMonitoring({
  ...shop,
  catalogs: [
    ...shop.catalogs,
    ...[gateway, auth, users, worker, chat, batch]
      .map(catalogOf)
      .filter((catalog) => catalog !== undefined),
  ],
});
