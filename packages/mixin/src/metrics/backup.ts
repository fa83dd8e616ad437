import { gauge } from '@bellwether/meters';
import { metricsOf } from './metric.ts';

/** What `bellwether backup` says of itself by OTLP. */
export const backup = metricsOf({
  lastSuccess: gauge('bellwether.backup.last_success.time', {
    unit: 's',
    description: 'When the last backup was made, in Unix seconds',
    tenant: false,
  }),
  lastFailure: gauge('bellwether.backup.last_failure.time', {
    unit: 's',
    description: 'When one last failed, in Unix seconds; only where one did',
    tenant: false,
  }),
  interval: gauge('bellwether.backup.interval', {
    unit: 's',
    description: 'How often one is to be made; only where that is known',
    tenant: false,
  }),
  size: gauge('bellwether.backup.size', {
    unit: 'By',
    description: 'Size of the last backup as it is stored',
    tenant: false,
  }),
  duration: gauge('bellwether.backup.duration', {
    unit: 's',
    description: 'How long the last backup took',
    tenant: false,
  }),
});
