import { catalogOf, defineMeters, type MeterCatalog, withObjective } from '@bellwether/meters';
import {
  auth,
  authService,
  batch,
  cache,
  commerce,
  errors,
  gateway,
  messaging,
  saas,
} from '@bellwether/meters/presets';
import type { MonitoringSpec } from './monitoring-spec.ts';

const meters = defineMeters('everything', {
  ...commerce,
  ...saas,
  ...auth,
  ...cache,
  ...messaging,
  ...errors,
  ...gateway,
  ...batch,
  ...authService,
  payments: withObjective(commerce.payments, {
    availability: { good: { outcome: ['succeeded', 'declined'] }, target: 0.99 },
  }),
  jobDuration: withObjective(messaging.jobDuration, { latency: { within: 60, target: 0.95 } }),
});

/** For tests: whatever can be generated is generated from it. */
export const everything: MonitoringSpec = {
  catalogs: [catalogOf(meters) as MeterCatalog],
  objectives: [{ service: 'shop', availability: 0.999, latency: { within: 0.5, target: 0.99 } }],
};
