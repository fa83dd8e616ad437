import { CliError } from '../cli-error.ts';
import { type Check, GROUPS } from './check.ts';

/** `only` and `skip` are lists of ids and groups between commas. Throws ERR_OPTION for a name that is neither. */
export function chooseChecks(
  checks: readonly Check[],
  only: string | undefined,
  skip: string | undefined,
): readonly Check[] {
  const names = (option: string, text: string | undefined) => {
    const list = (text ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    const known = [...GROUPS, ...checks.map(({ id }) => id)];
    const unknown = list.find((name) => !known.includes(name));
    if (unknown === undefined) return list;
    throw new CliError(
      'ERR_OPTION',
      `Expected ${option} to name checks or groups (${known.join(', ')}), got ${unknown}.`,
    );
  };
  const wanted = names('--only', only);
  const unwanted = names('--skip', skip);
  const is = (list: readonly string[], { id, group }: Check) =>
    list.includes(id) || list.includes(group);
  return checks.filter(
    (check) => (wanted.length === 0 || is(wanted, check)) && !is(unwanted, check),
  );
}
