import { uids } from '../../dashboards/uids.ts';
import { runtime } from '../../metrics/node-runtime.ts';
import { serviceSilent as silentServices } from '../../queries/pipeline-queries.ts';
import type { AlertSource } from '../alert.ts';
import { replica, series, shop } from '../test-series.ts';

const sends = (instance: string, version?: string) =>
  series(runtime.uptime, replica(instance, version));

export const serviceSilent: AlertSource = (spec) => ({
  name: 'ServiceSilent',
  severity: 'critical',
  team: 'service',
  expr: silentServices(spec),
  for: spec.time('2m'),
  summary: '{{ $labels.service_name }} has sent no metrics for minutes: it is down, or cut off',
  description:
    'No replica of a service that ran for at least half an hour has sent anything for five minutes. It resolves when one sends again, and by itself some three hours after the last sample, for services that were taken away.',
  dashboard: { uid: uids.services, variables: { 'var-job': 'job' } },
  runbook: {
    symptom:
      'Every replica of the service stopped sending metrics. A new version with new replicas does not count as silence.',
    meaning:
      'Most likely the service is down, all of it: customers get errors. It may also only be cut off from the Collector; then it works, and you are blind.',
    look: [
      'Ask it, from where customers come: `curl -i https://<the service>/health`. Then:',
      '',
      '```sh',
      'docker compose ps; docker compose logs --tail 50 <service>   # or systemctl status, kubectl get pods',
      '```',
      '',
      '```promql',
      'count by (service_name, service_version) (present_over_time(process_uptime_seconds[3h]))',
      'up{job="otel-collector"}',
      'sum(rate(otelcol_receiver_accepted_metric_points[5m]))',
      '```',
      '',
      'All services silent at once is the pipeline or the network, not the services.',
    ].join('\n'),
    mend: [
      '1. It does not run: start it. It ends at once: its last log lines say why; the version before is the way back.',
      '2. It runs and answers: it does not reach the Collector. Look at `OTEL_EXPORTER_OTLP_ENDPOINT` and the network: `curl -i -X POST <endpoint>/v1/metrics` from its host must answer 400 or 415, not time out.',
      '3. It was started without `--import @bellwether/sdk/register`, or with `OTEL_SDK_DISABLED=true`, by a changed start command: put it back.',
      '4. It was taken away on purpose: silence the alert for 3 hours with that reason.',
    ].join('\n'),
  },
  tests: [
    {
      name: 'both replicas die after an hour',
      series: {
        [sends('shop-1')]: '0+60x60 _x60',
        [sends('shop-2')]: '0+60x60 _x60',
      },
      at: '70m',
      fires: [shop],
    },
    {
      name: 'one of two replicas dies',
      series: {
        [sends('shop-1')]: '0+60x60 _x60',
        [sends('shop-2')]: '0+60x120',
      },
      at: '70m',
      fires: [],
    },
    {
      name: 'a planned change: the new version has other instances, and a minute passes between them',
      series: {
        [sends('shop-1', '1.4.0')]: '0+60x60 _x60',
        [sends('shop-3', '1.5.0')]: '_x62 0+60x58',
      },
      at: '70m',
      fires: [],
    },
    {
      name: 'a job that ran for ten minutes and ended',
      series: { [sends('shop-1')]: '_x10 0+60x10 _x60' },
      at: '40m',
      fires: [],
    },
    {
      name: 'a job of a quarter of an hour that comes back each hour',
      series: {
        [sends('job-1')]: '0+60x15 _x200',
        [sends('job-2')]: '_x60 0+60x15 _x140',
        [sends('job-3')]: '_x120 0+60x15 _x80',
      },
      at: '2h30m',
      fires: [],
    },
    {
      name: 'it ended seven minutes ago, and somebody is told after two more',
      series: { [sends('shop-1')]: '0+60x60 _x60' },
      at: '66m',
      fires: [],
    },
    {
      name: 'taken away for good: quiet again after three hours',
      series: { [sends('shop-1')]: '0+60x60 _x300' },
      at: '5h',
      fires: [],
    },
  ],
});
