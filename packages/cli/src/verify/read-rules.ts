import { parse } from 'yaml';
import { CliError } from '../cli-error.ts';

/** A rule of a file. */
export interface FileRule {
  readonly file: string;
  readonly group: string;
  readonly kind: 'recording' | 'alerting';
  readonly name: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Throws ERR_RULE_FILE for anything that Prometheus would not take for a rule file. */
export function readRules(file: string, text: string): readonly FileRule[] {
  try {
    const { groups = [] } = (parse(text) ?? {}) as { groups?: readonly Group[] };
    return groups.flatMap(({ name: group, rules = [] }) =>
      rules.map(({ alert, record, expr, labels = {} }): FileRule => {
        const name = alert ?? record;
        if (name === undefined || expr === undefined) throw new Error('a rule without expr');
        const kind = alert === undefined ? 'recording' : 'alerting';
        return { file, group, kind, name, expr: String(expr), labels };
      }),
    );
  } catch (error) {
    throw new CliError(
      'ERR_RULE_FILE',
      `Expected ${file} to be a rule file of Prometheus, got ${(error as Error).message.split('\n')[0]}.`,
      { cause: error },
    );
  }
}

interface Group {
  readonly name: string;
  readonly rules?: readonly {
    readonly alert?: string;
    readonly record?: string;
    readonly expr?: string | number;
    readonly labels?: Readonly<Record<string, string>>;
  }[];
}
