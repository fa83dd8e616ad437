import { join, relative } from 'node:path';
import { secretProblems } from '../secret-files.mjs';
import { failed, ok } from './row.mjs';

/** Each secret is there, closed to others, and open to the group that containers are given. */
export async function checkSecrets({ root, env }) {
  const group = env.BELLWETHER_SECRETS_GID;
  if (!/^\d+$/.test(group ?? ''))
    return [failed('secrets', 'BELLWETHER_SECRETS_GID is not in .env', 'npm run secrets')];
  const problems = secretProblems(join(root, 'secrets'), {
    shown: (path) => relative(root, path),
    group: Number(group),
  });
  return problems.length === 0
    ? [ok('secrets', `all there, for group ${group}`)]
    : problems.map((problem) => failed('secrets', ...problem.split(': ')));
}
