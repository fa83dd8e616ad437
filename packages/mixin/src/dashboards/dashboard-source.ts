import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { ResolvedSpec } from '../monitoring-spec.ts';

/** A dashboard of this spec, or none where the spec has nothing to show on it. One file each. */
export interface DashboardSource {
  /** Stable for ever: links, alerts and bookmarks use it. */
  readonly uid: string;
  /** Folder in Grafana. */
  readonly folder: string;
  readonly build: (spec: ResolvedSpec) => Dashboard | undefined;
}
