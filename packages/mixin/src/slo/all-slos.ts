import type { ResolvedSpec } from '../monitoring-spec.ts';
import { catalogSlos } from './catalog-slos.ts';
import { serviceSlos } from './service-slos.ts';
import type { Slo } from './slo.ts';

/** Everything that a spec promises, about services first. */
export function allSlos({ objectives, catalogs }: ResolvedSpec): readonly Slo[] {
  return [...objectives.flatMap(serviceSlos), ...catalogSlos(catalogs)];
}
