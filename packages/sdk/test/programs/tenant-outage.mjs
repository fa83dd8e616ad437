// One tenant records once and is silent from then on; newcomers wait for its place.
import { counter, defineMeters, runWithTenant } from '@bellwether/meters';

const meters = defineMeters('outage', {
  work: counter('outage.work', { unit: '{thing}', description: 'Work done' }),
});
runWithTenant('old', () => meters.work.add(5));
setInterval(() => runWithTenant('young', () => meters.work.add(1)), 50);
