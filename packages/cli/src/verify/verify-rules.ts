import { type AskTime, askInstant } from './ask-query.ts';
import type { Finding } from './finding.ts';
import type { PrometheusClient } from './prometheus-client.ts';
import type { FileRule } from './read-rules.ts';
import { verifyData, verifySelectors } from './verify-query.ts';

/** A rule as Prometheus has it. */
interface LoadedRule {
  readonly name: string;
  readonly type: 'recording' | 'alerting';
  readonly health: 'ok' | 'err' | 'unknown';
  readonly lastError?: string;
}

/**
 * Every rule of the files must be loaded and healthy. A recording rule must return something and have recorded it; of an alert, which
 * is silent on a good day, all that it names must exist.
 */
export async function verifyRules(
  prometheus: PrometheusClient,
  rules: readonly FileRule[],
  time: AskTime,
  young: ReadonlySet<string>,
  onAsked: () => void = () => {},
): Promise<readonly Finding[]> {
  if (rules.length === 0) return [];
  const loaded = await loadedRules(prometheus);
  const recorded = new Set(
    rules.filter(({ kind }) => kind === 'recording').map(({ name }) => name),
  );
  const findings = await Promise.all(
    rules.map(async (rule) => {
      const found = loaded.get(keyOf(rule.group, rule.kind, rule.name));
      const state = stateOf(rule, found);
      const data =
        rule.kind === 'alerting'
          ? await verifySelectors(
              { prometheus, query: rule.expr, place: placeOf(rule), time, young },
              recorded,
            )
          : await verifyRecording(prometheus, rule, time, young);
      onAsked();
      // What does not run cannot have recorded anything: one finding says it.
      return state.length > 0 ? [...state, ...data.filter(({ kind }) => kind === 'error')] : data;
    }),
  );
  return distinct(findings.flat());
}

async function verifyRecording(
  prometheus: PrometheusClient,
  rule: FileRule,
  time: AskTime,
  young: ReadonlySet<string>,
): Promise<readonly Finding[]> {
  const place = placeOf(rule);
  const ask = (query: string) => () => askInstant(prometheus, query, time);
  const { expr } = rule;
  const expression = await verifyData({ prometheus, query: expr, place, time, young }, ask(expr));
  if (young.has(rule.name) || expression.some(({ kind }) => kind !== 'unseen')) return expression;
  const labels = Object.entries(rule.labels).map(
    ([name, value]) => `${name}=${JSON.stringify(value)}`,
  );
  const recorded = `${rule.name}{${labels.join(',')}}`;
  if ((await askInstant(prometheus, recorded, time)) !== 'nothing') return expression;
  const message = `its expression returns something, but ${recorded} has no series yet`;
  return [{ kind: 'empty', place, query: recorded, missing: [], message }];
}

function stateOf(rule: FileRule, found: LoadedRule | undefined): readonly Finding[] {
  const place = placeOf(rule);
  const said = { place, query: rule.expr, missing: [] };
  if (found === undefined) {
    const message = `Prometheus has not loaded group ${rule.group} of ${rule.file} like that`;
    return [{ ...said, kind: 'not-loaded', message }];
  }
  if (found.health === 'ok') return [];
  const message =
    found.health === 'unknown' ? 'not evaluated yet' : (found.lastError ?? 'its last run failed');
  return [{ ...said, kind: 'unhealthy', message }];
}

async function loadedRules(prometheus: PrometheusClient): Promise<ReadonlyMap<string, LoadedRule>> {
  const { groups } = (await prometheus.ask('/api/v1/rules')) as {
    groups: readonly { name: string; rules: readonly LoadedRule[] }[];
  };
  const all = new Map<string, LoadedRule>();
  for (const { name: group, rules } of groups) {
    for (const rule of rules) {
      const key = keyOf(group, rule.type, rule.name);
      if (all.get(key)?.health !== 'err') all.set(key, rule);
    }
  }
  return all;
}

const keyOf = (...parts: readonly string[]) => JSON.stringify(parts);
const placeOf = ({ kind, name }: FileRule) =>
  kind === 'alerting' ? { alert: name } : { rule: name };

/** Rules of one name (burn rates over several windows) often lack the same thing. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const key = ({ kind, place, message }: Finding) => JSON.stringify([kind, place, message]);
  return [...new Map(findings.map((finding) => [key(finding), finding])).values()];
}
