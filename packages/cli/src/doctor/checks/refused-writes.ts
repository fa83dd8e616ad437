import { type Check, ok, skipped, warn } from '../check.ts';
import { askVector } from '../net/ask-prometheus.ts';

const WRITES = 'prometheus_http_requests_total{handler=~"/api/v1/(otlp/v1/metrics|write)"';
const bad = `sum by (handler, code) (${WRITES},code!~"2.."})`;
const before = `sum by (handler, code) (${WRITES},code!~"2.."} offset 15m)`;
// Not increase(): a counter that begins with its first refusal has no increase yet.
const QUERY = `${bad} - (${before} or 0 * ${bad}) > 0`;

export const refusedWrites: Check = {
  id: 'refused-writes',
  group: 'prometheus',
  title: 'Prometheus refuses no write',
  needs: ['prometheus'],
  async run(context) {
    const known = await askVector(context, 'count(prometheus_http_requests_total)');
    if (known.problem !== undefined) return skipped(known.problem);
    if (known.data.length === 0) return skipped('it does not scrape itself yet');
    const answer = await askVector(context, QUERY);
    if (answer.problem !== undefined) return skipped(answer.problem);
    if (answer.data.length === 0) return ok('none in 15 minutes');
    const said = answer.data.map(
      ({ metric, value }) => `${value[1]} with ${metric.code} at ${metric.handler}`,
    );
    return warn(
      `in 15 minutes: ${said.join(', ')}; each is a whole request, other services' points too`,
      'Its log names the point: a delta counter, a time far off, or a duplicate. docs/runbooks/OtlpRejected.md',
    );
  },
};
