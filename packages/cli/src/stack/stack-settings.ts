/** Durations as Prometheus writes them: `15s`. Those left out are what prometheus.yaml says. */
export interface PrometheusTiming {
  readonly scrapeInterval?: string;
  readonly evaluationInterval?: string;
  /** How far back rules look: at least the export interval of the services. */
  readonly ruleQueryOffset?: string;
}

/** How a stack differs from the committed configuration. */
export interface StackSettings {
  /** Folder of the rule files (`*.yaml`) that Prometheus evaluates. Default: the committed `prometheus/rules`. */
  readonly rulesFolder?: string;
  /** For drills, that have no time to wait. */
  readonly prometheusTiming?: PrometheusTiming;
}
