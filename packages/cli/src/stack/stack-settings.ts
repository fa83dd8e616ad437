/** Durations as Prometheus writes them: `15s`. Those left out are what prometheus.yaml says. */
export interface PrometheusTiming {
  readonly scrapeInterval?: string;
  readonly evaluationInterval?: string;
  /** How far back rules look: at least the export interval of the services. */
  readonly ruleQueryOffset?: string;
}

/** How the Collector of a drill differs. */
export interface CollectorSettings {
  /** Where metrics go instead of straight to Prometheus: an OTLP/HTTP address, as of a gate that can be shut. */
  readonly exportUrl?: string;
  /** Items that its queue on disk takes. Default 1,000,000. */
  readonly queueItems?: number;
}

/** How a stack differs from the committed configuration. */
export interface StackSettings {
  /** Folder of the rule files (`*.yaml`) that Prometheus evaluates. Default: the committed `prometheus/rules`. */
  readonly rulesFolder?: string;
  /** For drills, that have no time to wait. */
  readonly prometheusTiming?: PrometheusTiming;
  readonly collector?: CollectorSettings;
}
