import { oneOf, upTo } from '../attributes/kinds.ts';
import { counter, gauge } from '../catalog/definition.ts';

/**
 * Work that begins by the clock and ends: a nightly job, an import. It is of the whole fleet and of no tenant. `task` is what the
 * job is called; `job` is a label that Prometheus has for itself.
 */
export const batch = {
  runs: counter('batch.runs', {
    unit: '{run}',
    description: 'Runs that have ended, by outcome',
    attributes: { task: upTo(40), outcome: oneOf('succeeded', 'failed') },
    tenant: false,
  }),
  runDuration: gauge('batch.run.duration', {
    unit: 's',
    description: 'Time that the last run took',
    attributes: { task: upTo(40) },
    tenant: false,
  }),
  lastSuccess: gauge('batch.last_success.time', {
    unit: 's',
    description: 'When a run last succeeded, in seconds since 1970',
    attributes: { task: upTo(40) },
    tenant: false,
  }),
} as const;
