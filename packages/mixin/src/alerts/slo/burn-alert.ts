import { uids } from '../../dashboards/uids.ts';
import type { ResolvedSpec } from '../../monitoring-spec.ts';
import { burnsFaster, sloCount } from '../../queries/slo-queries.ts';
import { allSlos } from '../../slo/all-slos.ts';
import type { Slo } from '../../slo/slo.ts';
import type { SloLevel } from '../../slo/slo-records.ts';
import { sloThresholds } from '../../thresholds/slo-thresholds.ts';
import type { Alert } from '../alert.ts';

const { minimumFailures, minimumTenantEvents } = sloThresholds;

/** The promise that tests are about: the strictest, whose budget is the smallest. */
export function strictest(spec: ResolvedSpec, level: SloLevel): Slo | undefined {
  return allSlos(spec)
    .filter(({ metric }) => level === 'slo' || metric.tenant)
    .toSorted((a, b) => b.target - a.target)[0];
}

/** Whether even total failure spends the budget at this pace. */
export function canBurn({ target }: Slo, pace: 'fast' | 'slow'): boolean {
  return sloThresholds[pace].some(({ factor }) => factor * (1 - target) < 1);
}

/** What all alerts about budgets have in common. One rule serves every promise: they differ by the label `slo`. */
export function burnAlert(
  spec: ResolvedSpec,
  level: SloLevel,
  pace: 'fast' | 'slow',
): Pick<Alert, 'team' | 'expr' | 'for' | 'dashboard'> {
  const isTenant = level === 'slo_tenant';
  return {
    team: 'service',
    expr: [burning(level, pace), ...guards(spec, level, pace)].join(' and '),
    for: spec.time(pace === 'fast' ? '2m' : '15m'),
    dashboard: {
      uid: uids.slo,
      variables: {
        'var-job': 'job',
        'var-slo': 'slo',
        ...(isTenant && { 'var-tenant': 'tenant_id' }),
      },
    },
  };
}

function burning(level: SloLevel, pace: 'fast' | 'slow'): string {
  const known = level === 'slo_tenant' ? ['tenant_id!=""'] : [];
  const pairs = sloThresholds[pace].map(({ factor, long, short }) => {
    const [over, still] = [long, short].map((window) => burnsFaster(level, window, factor, known));
    return `(${over} and ${still})`;
  });
  return `(${pairs.join(' or ')})`;
}

function guards(spec: ResolvedSpec, level: SloLevel, pace: 'fast' | 'slow'): readonly string[] {
  const within = pace === 'fast' ? 'hour' : 'day';
  return [
    `${sloCount(spec, level, 'badEvents', within)} >= ${minimumFailures}`,
    ...(level === 'slo_tenant'
      ? [`${sloCount(spec, level, 'events', within)} >= ${minimumTenantEvents}`]
      : []),
  ];
}
