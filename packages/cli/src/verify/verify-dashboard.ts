import { type AskTime, askInstant, askRange } from './ask-query.ts';
import { durationSeconds, durationText } from './duration-seconds.ts';
import { missingSelectors, whyMissing } from './explain-empty.ts';
import { fillVariables, type VariableValue } from './fill-variables.ts';
import type { Finding } from './finding.ts';
import type { PrometheusClient } from './prometheus-client.ts';
import type { DashboardQueries, PanelQueries } from './read-dashboard.ts';
import { resolveVariables } from './resolve-variables.ts';
import { verifyExemplars } from './verify-exemplars.ts';
import { verifyData, verifySelectors } from './verify-query.ts';

export interface DashboardVerdict {
  readonly uid: string;
  readonly title: string;
  readonly panels: number;
  /** Of panels, variables and annotations. */
  readonly queries: number;
  readonly findings: readonly Finding[];
}

/** What Grafana knows beside the variables of the dashboard, in seconds. */
export interface GraphSettings {
  /** The smallest step, and what `$__rate_interval` is four times of at least. */
  readonly scrapeInterval: number;
  /** `$__range`. */
  readonly range: number;
}

/** Asks every query of a dashboard as Grafana does when somebody opens it. */
export async function verifyDashboard(
  prometheus: PrometheusClient,
  dashboard: DashboardQueries,
  time: AskTime,
  settings: GraphSettings,
  young: ReadonlySet<string>,
  onAsked: () => void = () => {},
): Promise<DashboardVerdict> {
  const { uid, title, panels, annotations } = dashboard;
  const builtIn = builtInVariables(settings.scrapeInterval, settings);
  const variables = await resolveVariables(prometheus, dashboard.variables, builtIn, time);
  const ofVariables = variables.problems.map(async (problem): Promise<readonly Finding[]> => {
    const { name, query, selector, message } = problem;
    const missing =
      selector === undefined ? [] : await missingSelectors(prometheus, selector, time);
    const place = { dashboard: uid, variable: name };
    return [{ kind: 'empty', place, query, missing, message: whyMissing(missing) || message }];
  });
  const ofAnnotations = annotations.map(({ name, expr }) =>
    verifySelectors({
      ...{ prometheus, time, young, place: { dashboard: uid, annotation: name } },
      query: fillVariables(expr, variables.values),
    }),
  );
  const ofPanels = panels.flatMap((panel) =>
    panel.queries.map(async ({ refId, expr, instant, exemplars }) => {
      const step = stepOf(panel, settings);
      const values = new Map([...builtInVariables(step, settings), ...own(variables.values)]);
      const query = fillVariables(expr, values);
      const place = { dashboard: uid, panel: panel.title, refId };
      const found = await verifyData({ prometheus, query, place, time, young }, () =>
        instant ? askInstant(prometheus, query, time) : askRange(prometheus, query, time, step),
      );
      return exemplars && found.length === 0
        ? verifyExemplars({ prometheus, query, place, time })
        : found;
    }),
  );
  const asked = [...ofVariables, ...ofAnnotations, ...ofPanels];
  const findings = await Promise.all(asked.map((one) => one.finally(onAsked)));
  return {
    ...{ uid, title, panels: panels.length },
    queries: variables.queries + ofAnnotations.length + ofPanels.length,
    findings: findings.flat(),
  };
}

/** The smallest step of the panel, no smaller than the scrape interval. */
function stepOf({ interval }: PanelQueries, { scrapeInterval }: GraphSettings): number {
  return Math.max(scrapeInterval, durationSeconds(interval ?? '') ?? 0);
}

/** https://grafana.com/docs/grafana/latest/dashboards/variables/add-template-variables/#global-variables */
function builtInVariables(
  step: number,
  { scrapeInterval, range }: GraphSettings,
): ReadonlyMap<string, VariableValue> {
  const rate = Math.max(step + scrapeInterval, 4 * scrapeInterval);
  const values = {
    __interval: durationText(step),
    __interval_ms: String(step * 1000),
    __rate_interval: durationText(rate),
    __rate_interval_ms: String(rate * 1000),
    __range: durationText(range),
    __range_s: String(range),
    __range_ms: String(range * 1000),
  };
  return new Map(
    Object.entries(values).map(([name, value]) => [name, { value, multi: false }] as const),
  );
}

const own = (values: ReadonlyMap<string, VariableValue>) =>
  [...values].filter(([name]) => !name.startsWith('__'));
