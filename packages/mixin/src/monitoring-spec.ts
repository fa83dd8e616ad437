import type { MeterCatalog } from '@bellwether/meters';
import type { Part } from './parts/absent-parts.ts';
import type { HistogramFlavour } from './query/query-scope.ts';

/** What a team says about its own services; everything is generated from it. Only `catalogs` is needed. */
export interface MonitoringSpec {
  /** What `catalogOf(meters)` gives, one per `defineMeters`. */
  readonly catalogs: readonly MeterCatalog[];
  /** Promises about whole services. Default: none beyond those that instruments of the catalogs declare. */
  readonly objectives?: readonly ServiceObjective[];
  /** Tenants that keep their own series (`BELLWETHER_TENANT_BUDGET`), for the check of the number of series. Default 200. */
  readonly tenantBudget?: number;
  /** Most series that one instrument may make if every attribute took all its values, all tenants together. Default 1,000,000. */
  readonly seriesBudget?: number;
  readonly histograms?: HistogramFlavour;
  /**
   * The release of your application that this is for, `1.4.0`: series of renamed instruments are recorded under their old name too until it
   * has come and gone. Default: the version of each catalog (`defineMeters(scope, ..., { version })`); without one the old names stay.
   */
  readonly release?: string;
  /** What your services do not have: alerts, panels and boards about it are left out. Default: nothing. */
  readonly without?: readonly Part[];
  readonly links?: {
    /** Grafana as people reach it. Default `http://localhost:3000`. */
    readonly grafana?: string;
    /** Where the runbooks are served or kept. Default `docs/runbooks`. */
    readonly runbooks?: string;
  };
  /** Divides every duration of rules and alerts, for drills only. Default 1. */
  readonly timeScale?: number;
}

/** A promise about the HTTP requests of one service, over 30 days. */
export interface ServiceObjective {
  /** `service.name`. */
  readonly service: string;
  /** Share of requests that are not answered with 5xx, as 0.999. */
  readonly availability?: number;
  /** Share `target` of requests answered within `within` seconds; `within` must be a bucket bound. */
  readonly latency?: { readonly within: number; readonly target: number };
}

/** A spec with its defaults, as every generating function takes it. */
export interface ResolvedSpec {
  readonly catalogs: readonly MeterCatalog[];
  readonly objectives: readonly ServiceObjective[];
  readonly tenantBudget: number;
  readonly seriesBudget: number;
  readonly histograms: HistogramFlavour;
  readonly release?: string;
  readonly without: readonly Part[];
  readonly links: { readonly grafana: string; readonly runbooks: string };
  /** A duration of rules, `5m`, on the time scale of this spec. */
  readonly time: (duration: string) => string;
}
