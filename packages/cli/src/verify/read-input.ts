import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { parseExpectedEmpty } from './expected-empty.ts';
import { filesBelow } from './files-below.ts';
import { readDashboard } from './read-dashboard.ts';
import { readRules } from './read-rules.ts';
import type { VerifyInput } from './verify.ts';

/** As given on the command line; what is left out is looked for where `generate` writes it, and may be missing. */
export interface InputFolders {
  readonly dashboards?: string;
  readonly rules?: string;
  readonly expectedEmpty?: string;
}

/** Throws ERR_OPTION where there is nothing to verify. */
export function readInput(
  { cwd }: Context,
  folders: InputFolders,
): Omit<VerifyInput, 'prometheus' | 'interval'> {
  const below = (given: string | undefined, usual: string, ending: RegExp) => {
    const folder = resolve(cwd, given ?? usual);
    const files = filesBelow(folder, ending);
    if (files !== undefined)
      return files.map((file) => ({ ...file, path: relative(cwd, join(folder, file.path)) }));
    if (given === undefined) return [];
    throw new CliError('ERR_OPTION', `Expected a folder at ${folder}, got none.`);
  };
  const dashboards = below(folders.dashboards, 'grafana/dashboards', /\.json$/);
  const rules = below(folders.rules, 'prometheus/rules', /\.ya?ml$/);
  if (dashboards.length + rules.length === 0) {
    throw new CliError(
      'ERR_OPTION',
      'Expected dashboards or rules in grafana/dashboards and prometheus/rules, got none; name their folders by --dashboards and --rules.',
    );
  }
  return {
    dashboards: dashboards.map(({ path, text }) => readDashboard(path, text)),
    rules: rules.flatMap(({ path, text }) => readRules(path, text)),
    expected: readExpected(cwd, folders.expectedEmpty),
  };
}

function readExpected(cwd: string, given: string | undefined) {
  const file = resolve(cwd, given ?? 'grafana/expected-empty.yaml');
  if (existsSync(file)) return parseExpectedEmpty(file, readFileSync(file, 'utf8'));
  if (given === undefined) return [];
  throw new CliError('ERR_OPTION', `Expected a file at ${file}, got none.`);
}
