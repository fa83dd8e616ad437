import type { ResolvedSpec } from '../monitoring-spec.ts';
import { type Metric, metricOf } from './metric.ts';

/** A metric, and the same under the name that it had before. */
export interface Alias {
  readonly metric: Metric;
  readonly old: Metric;
}

/** The metrics that go by their old name too in this release: that in which they were renamed, and any before it. */
export function aliasesOf({
  catalogs,
  release,
}: Pick<ResolvedSpec, 'catalogs' | 'release'>): readonly Alias[] {
  return catalogs.flatMap(({ version, instruments }) =>
    instruments.flatMap((instrument) => {
      const { renamedFrom, ...same } = instrument;
      if (renamedFrom === undefined) return [];
      if (hasPassed(renamedFrom.since, release ?? version)) return [];
      return [{ metric: metricOf(instrument), old: metricOf({ ...same, name: renamedFrom.name }) }];
    }),
  );
}

/** Major and minor of a version; `undefined` for what is none. */
export function minorOf(version: unknown): readonly [major: number, minor: number] | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)(?![\d])/.exec(String(version)) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor)];
}

/** Whether a release is of a later minor than another; not known of what is no version. */
function hasPassed(since: string, release: string | undefined): boolean {
  const [then, now] = [minorOf(since), minorOf(release)];
  if (then === undefined || now === undefined) return false;
  return now[0] > then[0] || (now[0] === then[0] && now[1] > then[1]);
}
