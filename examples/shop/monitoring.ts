import { catalogOf } from '@bellwether/meters';
import { defineMonitoring } from '@bellwether/mixin';
import { meters } from './src/meters.ts';
import { notificationMeters } from './src/notifications/notification-meters.ts';

/** From which `npm run generate` in the root makes everything in prometheus/, grafana/dashboards, docs/reference and docs/runbooks. */
export default defineMonitoring({
  catalogs: [meters, notificationMeters].map(catalogOf).filter((catalog) => catalog !== undefined),
  objectives: [
    { service: 'shop', availability: 0.999, latency: { within: 0.5, target: 0.99 } },
    { service: 'notifications', availability: 0.99 },
  ],
});
