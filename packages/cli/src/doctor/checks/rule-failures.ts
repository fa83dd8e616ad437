import { type Check, fail, ok, skipped, warn } from '../check.ts';
import { loadedRules } from '../net/loaded-rules.ts';

export const ruleFailures: Check = {
  id: 'rule-failures',
  group: 'rules',
  title: 'Every rule works',
  needs: ['prometheus'],
  async run(context) {
    const answer = await loadedRules(context);
    if (answer.problem !== undefined) return skipped(answer.problem);
    const rules = answer.data.flatMap((group) =>
      group.rules.map((rule) => ({ ...rule, group: group.name })),
    );
    const broken = rules.filter(({ health }) => health === 'err');
    const [first] = broken;
    if (first !== undefined) {
      const more = broken.length > 1 ? ` and ${broken.length - 1} more` : '';
      return fail(
        `${first.name} of ${first.group}${more}: ${first.lastError ?? 'its last run failed'}`,
        'Mend its expression; bellwether verify asks every query and says what each lacks.',
      );
    }
    const slow = answer.data.find(
      ({ interval = 0, evaluationTime = 0 }) => interval > 0 && evaluationTime > interval,
    );
    if (slow !== undefined) {
      return warn(
        `group ${slow.name} takes ${slow.evaluationTime} s of its interval of ${slow.interval} s`,
        'docs/runbooks/RuleEvaluationSlow.md',
      );
    }
    const waiting = rules.filter(({ health }) => health === 'unknown').length;
    return ok(`${rules.length} rules${waiting > 0 ? `, ${waiting} of them not run yet` : ''}`);
  },
};
