import { type Check, fail, ok, skipped, warn } from '../check.ts';
import type { DoctorContext } from '../doctor-context.ts';
import { httpProblem } from '../net/http-problem.ts';
import { fields, isText, listOf } from '../net/shape.ts';
import { shownUrl } from '../net/shown-url.ts';

/** A token of a service account that may read data sources. */
const TOKEN = 'BELLWETHER_GRAFANA_TOKEN';

export const grafana: Check = {
  id: 'grafana',
  group: 'grafana',
  title: "Grafana's data source answers",
  async run(context) {
    const target = context.targets.grafana;
    if (target === undefined) return skipped('name it by --grafana <url>');
    const shown = shownUrl(target.url);
    const sources = await ask(context, target.url, '/api/datasources');
    if (sources.problem !== undefined) {
      return fail(
        `${shown}: ${sources.problem}`,
        'Start it, or name another one by --grafana <url>.',
      );
    }
    if (sources.status === 401 || sources.status === 403) {
      return warn(
        `${shown} answers, and does not let us look at its data sources (${sources.status})`,
        `Set ${TOKEN} to a token of a service account.`,
      );
    }
    const list = sourcesIn(sources.body);
    if (sources.status !== 200 || list === undefined) {
      return fail(httpProblem(shown, sources), 'That is no Grafana: correct --grafana <url>.');
    }
    const source = list.find(({ type }) => type === 'prometheus');
    if (source === undefined) {
      return fail(
        'no data source of type Prometheus',
        'Provision grafana/provisioning: docs/guides/grafana.md.',
      );
    }
    const health = await ask(
      context,
      target.url,
      `/api/datasources/uid/${encodeURIComponent(source.uid)}/health`,
    );
    if (health.problem !== undefined || health.status !== 200) {
      return fail(
        `its data source ${source.name} does not work: ${httpProblem(shown, health)}`,
        'Its address must be one that Grafana itself can reach: docs/guides/grafana.md.',
      );
    }
    return ok(`${shown}, data source ${source.name}`);
  },
};

function ask({ env, request }: DoctorContext, address: string, path: string) {
  const token = env[TOKEN];
  return request({
    url: `${address.replace(/\/+$/, '')}${path}`,
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
}

interface Source {
  readonly name: string;
  readonly type: string;
  readonly uid: string;
}
const areSources = listOf(fields<Source>({ name: isText, type: isText, uid: isText }));

function sourcesIn(body: string): readonly Source[] | undefined {
  try {
    const list: unknown = JSON.parse(body);
    return areSources(list) ? list : undefined;
  } catch {
    return undefined;
  }
}
