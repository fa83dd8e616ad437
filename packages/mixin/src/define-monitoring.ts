import type { MonitoringSpec } from './monitoring-spec.ts';

/**
 * A spec with the help of the compiler; returns what it was given. `bellwether generate --config` reads a file that exports it.
 * @example export default defineMonitoring({ catalogs: [catalog], objectives: [{ service: 'shop', availability: 0.999 }] });
 */
export function defineMonitoring(spec: MonitoringSpec): MonitoringSpec {
  return spec;
}
