/** `level:metric:operation`, as https://prometheus.io/docs/practices/rules/ names them. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Rules that are evaluated one after the other, so that a later one sees the result of an earlier one. */
export interface RuleGroup {
  readonly name: string;
  /** Default: that of Prometheus' configuration. */
  readonly interval?: string;
  readonly rules: readonly RecordingRule[];
}
