import type { Alert } from '../alerts/alert.ts';
import type { RecordingRule } from './recording-rule.ts';

/** A file of rules. */
export interface RuleFile {
  /** Without folder and suffix. */
  readonly name: string;
  readonly groups: readonly RuleFileGroup[];
  /** Goes to `prometheus/rules-optional`, which Prometheus does not load by itself. Default false. */
  readonly optional?: boolean;
}

export interface RuleFileGroup {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly (RecordingRule | Alert)[];
}
