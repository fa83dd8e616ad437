import { uids } from '../../dashboards/uids.ts';
import { bellwether } from '../../metrics/sdk-metrics.ts';
import { refusedRecordingRate } from '../../queries/tenants-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { tenantsThresholds } from '../../thresholds/tenants-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { replica, series, shop } from '../test-series.ts';

const refused = series(bellwether.refused, { ...replica('shop-1'), reason: 'unknown_value' });

export const recordingsRefused: AlertSource = (spec) => ({
  name: 'RecordingsRefused',
  severity: 'warning',
  team: 'service',
  expr: `${refusedRecordingRate(ruleScope(spec.time('15m'), spec.histograms), [...SERVICE, 'reason'])} > ${tenantsThresholds.refusedRecordingRate.warning}`,
  for: spec.time('15m'),
  summary:
    '{{ $labels.service_name }} drops {{ printf "%.2f" $value }} recordings a second ({{ $labels.reason }})',
  description:
    'Meters refuse what the code records, so numbers on dashboards are too low. It is a mistake in the code of the service, not in the pipeline.',
  dashboard: { uid: uids.pipeline, variables: { 'var-job': 'job' } },
  runbook: {
    symptom: `For half an hour, more than ${tenantsThresholds.refusedRecordingRate.warning} recordings a second were refused. The label \`reason\` says why.`,
    meaning:
      'Customers notice nothing. Business numbers of this service are too low until it is mended, and cannot be corrected afterwards.',
    look: [
      'The service says each mistake once in its log, with the name of the meter.',
      '',
      '```promql',
      'sum by (reason, service_version) (rate(bellwether_meters_refused_total[15m]))',
      '```',
    ].join('\n'),
    mend: [
      '1. Since a deploy: an attribute got a value that its definition does not have, or a number is negative or not a number. Add the value to `oneOf(...)`, or correct the call.',
      '2. An attribute declared by `upTo(n)` has more values than that: it is not bounded, as an id or a message. Record something bounded instead, or raise n knowingly.',
    ].join('\n'),
  },
  tests: [
    {
      name: 'a new order status that the catalog does not know, 20 a minute',
      series: { [refused]: '0+20x60' },
      at: '45m',
      fires: [{ ...shop, reason: 'unknown_value' }],
    },
    {
      name: 'one odd recording an hour',
      series: { [refused]: '0x20 1x60' },
      at: '45m',
      fires: [],
    },
  ],
});
