/** A file of `promtool test rules`. */
export interface RuleSuite {
  readonly rule_files: readonly string[];
  readonly evaluation_interval: string;
  readonly tests: readonly {
    readonly interval: string;
    readonly input_series: readonly { readonly series: string; readonly values: string }[];
    readonly promql_expr_test: readonly {
      readonly expr: string;
      readonly eval_time: string;
      readonly exp_samples: readonly { readonly value: number }[];
    }[];
  }[];
}

/** The labels of one replica of the shop. */
export const replica = (instance: string) => ({
  deployment_environment_name: 'production',
  job: 'bellwether/shop',
  service_name: 'shop',
  instance,
});

/** `name{label="value"}`. */
export function series(name: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return `${name}{${pairs.join(',')}}`;
}
