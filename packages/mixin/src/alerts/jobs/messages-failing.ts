import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import {
  messages,
  messagesFailed,
  messagesFailedShare,
  socketsOpen,
} from '../../queries/messages-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE, TENANT } from '../../query/service-labels.ts';
import { messagesThresholds } from '../../thresholds/messages-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';

const { failed: limit, comparableFailed } = messagesThresholds;

export const messagesFailing: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'messaging.messages');
  const scope = ruleScope(spec.time('15m'), spec.histograms);
  const look = ruleScope('15m', spec.histograms);
  const share = messagesFailedShare(spec, scope, SERVICE);
  if (metric === undefined || share === undefined) return undefined;
  const sockets = socketsOpen(spec, look, ['instance']);
  const sent = (succeeded: string, failed: string) => {
    const labels = { ...replica('shop-1'), tenant_id: 'acme', direction: 'sent' };
    return {
      [series(metric, { ...labels, outcome: 'succeeded' })]: succeeded,
      [series(metric, { ...labels, outcome: 'failed' })]: failed,
    };
  };
  return {
    name: 'MessagesFailing',
    severity: 'warning',
    team: 'service',
    expr: `${share} > ${limit.warning} and ${messagesFailed(spec, scope, SERVICE)} >= ${comparableFailed}`,
    for: spec.time('5m'),
    summary:
      '{{ $labels.service_name }} cannot deliver {{ $value | humanizePercentage }} of its messages',
    description:
      'Messages do not reach those they are for: receivers do not read as fast as is sent, or are cut off. They miss what was said and do not know it.',
    dashboard: { uid: uids.messages, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Over 15 minutes, more than ${percent(limit.warning)} of the messages could not be delivered, at least ${comparableFailed} of them.`,
      meaning:
        'People in a chat see half of it, or clients work with old data until they ask again.',
      look: blocks(
        'Whose, and is it one replica?',
        promql(
          messagesFailed(spec, look, [TENANT]) ?? '',
          messages(
            spec,
            { ...look, window: '5m' },
            {
              by: ['instance', 'outcome'],
              of: 'rate',
            },
          ) ?? '',
          ...(sockets === undefined ? [] : [sockets]),
        ),
        'One tenant: a room in which somebody sends by a program. One replica: its event loop is late, see [EventLoopLagHigh](EventLoopLagHigh.md). All: the way to the clients, a load balancer that cuts off.',
      ),
      mend: steps(
        'Somebody floods a room: limit messages of one socket, and tell the tenant.',
        'It began with a deploy of the clients: they read no more, or not fast enough. Roll back.',
        'One replica: take it out, and look at what holds its event loop.',
      ),
    },
    tests: [
      {
        name: 'one in ten',
        series: sent('0+90x60', '0+10x60'),
        at: '30m',
        fires: [shop],
      },
      {
        name: 'one client that went away in the middle of it',
        series: sent('0+90x60', '0x20 0+1x3 3x40'),
        at: '30m',
        fires: [],
      },
      {
        name: 'a quiet night with one message, which did not arrive',
        series: sent('0x60', '0x20 1x40'),
        at: '30m',
        fires: [],
      },
    ],
  };
};
