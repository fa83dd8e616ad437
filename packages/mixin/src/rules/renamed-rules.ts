import { aliasesOf } from '../metrics/renamed.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { namesOf } from '../spec/check-names.ts';
import type { RuleGroup } from './recording-rule.ts';

/** Name of the rule file. */
export const RENAMED = 'renamed-recording';

/**
 * Renamed series under their old names, with all their labels, so that dashboards and alerts of others go on for one release.
 *
 * Cost: as many series again as each renamed metric has. They follow by one evaluation and the offset of the rules, and a new series lacks the zero that
 * ours start from: a `rate` over its first minutes is lower than that of the new name.
 */
export function renamedRules(spec: ResolvedSpec): readonly RuleGroup[] {
  const rules = renamedPairs(spec).map(({ name, old }) => ({ record: old, expr: name }));
  return rules.length === 0 ? [] : [{ name: RENAMED, rules }];
}

/** New and old name of everything that Prometheus stores of the renamed metrics. */
export function renamedPairs(
  spec: ResolvedSpec,
): readonly { readonly name: string; readonly old: string }[] {
  return aliasesOf(spec).flatMap(({ metric, old }) => {
    const [names, olds] = [stored(namesOf(metric, spec)), stored(namesOf(old, spec))];
    return names.map((name, index) => ({ name, old: olds[index] ?? name }));
  });
}

/** A classic histogram has no series of its bare name. */
const stored = (names: readonly string[]) => (names.length > 1 ? names.slice(1) : names);
