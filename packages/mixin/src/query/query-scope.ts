/**
 * About whom a query asks. Each field is a list of label matchers without braces, `job=~"$job",instance=~"$instance"`, or empty.
 * Rules ask about everybody, panels about the variables of their dashboard, the admin page about one tenant.
 */
export interface QueryScope {
  /** Put on metrics that come from services by OTLP. */
  readonly service: string;
  /** Put on metrics of scraped targets. */
  readonly target: string;
  /** Put on metrics that carry a tenant. */
  readonly tenant: string;
  /** The range of `rate`, as `5m` or `$__rate_interval`. */
  readonly window: string;
  /** How latency is stored: classic buckets or native (exponential) histograms. */
  readonly histograms: HistogramFlavour;
}

/** How latency is stored and asked for. One for all services. */
export type HistogramFlavour = 'classic' | 'native';

/** Everybody, over a fixed window: what recording rules and alerts ask. */
export function ruleScope(window: string, histograms: HistogramFlavour): QueryScope {
  return { service: '', target: '', tenant: '', window, histograms };
}

/** The variables of a dashboard. */
export function panelScope(histograms: HistogramFlavour): QueryScope {
  return {
    service: 'deployment_environment_name=~"$environment",job=~"$job",instance=~"$instance"',
    target: 'job=~"$job",instance=~"$instance"',
    tenant: 'tenant_id=~"$tenant"',
    window: '$__rate_interval',
    histograms,
  };
}
