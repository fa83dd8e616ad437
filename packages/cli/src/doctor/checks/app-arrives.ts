import { hostname } from 'node:os';
import { type Check, fail, ok, skipped, warn } from '../check.ts';
import { askVector } from '../net/ask-prometheus.ts';
import { serviceName } from '../service-name.ts';

export const appArrives: Check = {
  id: 'app-arrives',
  group: 'fleet',
  title: 'Prometheus receives this application',
  needs: ['prometheus'],
  async run(context) {
    const { running } = context;
    const service = serviceName(context);
    if (running !== undefined) {
      const who = `host_name=${JSON.stringify(hostname())},process_pid="${running.pid}"`;
      const answer = await askVector(context, `target_info{${who}}`);
      if (answer.problem !== undefined) return skipped(answer.problem);
      const [found] = answer.data;
      if (found !== undefined) return ok(`${found.metric.job}, instance ${found.metric.instance}`);
      return fail(
        `nothing of process ${running.pid} in the last 5 minutes`,
        'Wait for its first export (OTEL_METRIC_EXPORT_INTERVAL); if it stays away, the rows above say where it is lost.',
      );
    }
    if (service === undefined)
      return skipped('the service has no name here: OTEL_SERVICE_NAME, or --app <file>');
    // job is "namespace/name".
    const answer = await askVector(
      context,
      `count by (job) (target_info{job=~${JSON.stringify(`(.*/)?${escaped(service)}`)}})`,
    );
    if (answer.problem !== undefined) return skipped(answer.problem);
    const [found] = answer.data;
    if (found !== undefined) return ok(`${found.metric.job}: ${found.value[1]} instances`);
    return warn(
      `nothing of ${service} in the last 5 minutes`,
      'If it runs: look at the rows above, or ask about its process by --pid <id>.',
    );
  },
};

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
