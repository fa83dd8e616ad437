import { type Check, fail, ok } from '../check.ts';
import { halfUpgrade } from '../half-upgrade.ts';
import { askPrometheus } from '../net/ask-prometheus.ts';
import { isRecord } from '../net/shape.ts';
import { shownUrl } from '../net/shown-url.ts';

export const prometheus: Check = {
  id: 'prometheus',
  group: 'prometheus',
  title: 'Prometheus answers',
  async run(context) {
    const { url, from } = context.targets.prometheus;
    const hint = `Start it, or name another one by --prometheus <url>${from === 'default' ? ' (this is the default)' : ''}.`;
    const answer = await askPrometheus(context, '/api/v1/status/buildinfo', isRecord);
    if (answer.problem !== undefined) return fail(answer.problem, hint);
    const version = String(answer.data.version ?? '');
    if (!/^\d+\.\d+/.test(version)) return fail(`${shownUrl(url)} tells no version`, hint);
    if (Number.parseInt(version, 10) < 3) {
      return fail(
        `${shownUrl(url)} is Prometheus ${version}`,
        'OTLP as we use it needs Prometheus 3 or later.',
      );
    }
    return (
      halfUpgrade('prometheus', shownUrl(url), version) ??
      ok(`${shownUrl(url)}, version ${version}`)
    );
  },
};
