import { type Check, fail, ok, skipped, warn } from '../check.ts';
import { askPrometheus } from '../net/ask-prometheus.ts';
import { isText, mapOf } from '../net/shape.ts';

export const otlpReceiver: Check = {
  id: 'otlp-receiver',
  group: 'prometheus',
  title: 'Prometheus takes OTLP',
  needs: ['prometheus'],
  async run(context) {
    const answer = await askPrometheus(context, '/api/v1/status/flags', mapOf(isText));
    if (answer.problem !== undefined) return skipped(`its flags cannot be read: ${answer.problem}`);
    const receiver = answer.data['web.enable-otlp-receiver'];
    if (receiver === undefined) {
      return ok(
        'it tells of no such flag, so it is no Prometheus itself; the row arrival tries it',
      );
    }
    if (receiver !== 'true') {
      return fail(
        'its OTLP receiver is off: it answers 404 to every export',
        'Start it with --web.enable-otlp-receiver.',
      );
    }
    const features = answer.data['enable-feature'];
    if (features !== undefined && !features.includes('created-timestamp-zero-ingestion')) {
      return warn(
        'its OTLP receiver is on; without zeros at the start of a series',
        'Start it with --enable-feature=created-timestamp-zero-ingestion, or the first increments of a tenant are missing from rates.',
      );
    }
    return ok('its OTLP receiver is on');
  },
};
