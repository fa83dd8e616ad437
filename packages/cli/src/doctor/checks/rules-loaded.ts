import { join } from 'node:path';
import { CliError } from '../../cli-error.ts';
import { filesBelow } from '../../verify/files-below.ts';
import { type FileRule, readRules } from '../../verify/read-rules.ts';
import { type Check, fail, ok, skipped, warn } from '../check.ts';
import { type LoadedGroup, loadedRules } from '../net/loaded-rules.ts';

export const rulesLoaded: Check = {
  id: 'rules-loaded',
  group: 'rules',
  title: 'The generated rules are loaded',
  needs: ['prometheus'],
  async run(context) {
    const answer = await loadedRules(context);
    if (answer.problem !== undefined) return skipped(answer.problem);
    const count = answer.data.reduce((sum, { rules }) => sum + rules.length, 0);
    if (context.rulesFolder === undefined) {
      return count > 0
        ? ok(`${count} rules; none here to compare with (--rules <folder>)`)
        : warn(
            'Prometheus has no rules: nothing raises an alert',
            'bellwether generate writes them; name them in rule_files of prometheus.yaml.',
          );
    }
    let wanted: readonly FileRule[];
    try {
      wanted = rulesOf(context.rulesFolder);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      return fail(error.message, 'bellwether generate writes them again.');
    }
    const missing = missingGroups(wanted, answer.data);
    if (missing.length === 0) return ok(`${wanted.length} rules of ${context.rulesFolder}`);
    return fail(
      `not loaded, or older than here: ${missing.join(', ')}`,
      'Give Prometheus these files (rule_files in prometheus.yaml) and reload it: POST /-/reload or SIGHUP. Its log says what it refuses.',
    );
  },
};

const rulesOf = (folder: string) =>
  (filesBelow(folder, /\.ya?ml$/) ?? []).flatMap(({ path, text }) =>
    readRules(join(folder, path), text),
  );

/** Prometheus writes an expression in its own way, so rules are compared by group, kind and name. */
function missingGroups(
  wanted: readonly FileRule[],
  loaded: readonly LoadedGroup[],
): readonly string[] {
  const key = (...parts: readonly string[]) => JSON.stringify(parts);
  const has = new Map<string, number>();
  for (const { name: group, rules } of loaded) {
    for (const { type, name } of rules) {
      const one = key(group, type, name);
      has.set(one, (has.get(one) ?? 0) + 1);
    }
  }
  const groups = new Map<string, number>();
  for (const { group, kind, name } of wanted) {
    const one = key(group, kind, name);
    const left = has.get(one) ?? 0;
    if (left > 0) has.set(one, left - 1);
    else groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  return [...groups].map(([group, rules]) => `${rules} of ${group}`);
}
