import type { MissingSelector } from './explain-empty.ts';

/** Where a query stands. */
export interface Place {
  readonly dashboard?: string;
  readonly panel?: string;
  readonly refId?: string;
  readonly variable?: string;
  readonly annotation?: string;
  readonly rule?: string;
  readonly alert?: string;
}

/** Something that does not work. */
export interface Finding {
  /**
   * `empty`: returns nothing. `error`: Prometheus refuses it. `not-loaded`, `unhealthy`: a rule that Prometheus does not have or
   * cannot evaluate. `unseen`, for information only: an alert or annotation asks for a label value that has not occurred yet, or a
   * panel shows what stands behind `or` in the place of a metric that does not exist.
   */
  readonly kind: 'empty' | 'error' | 'not-loaded' | 'unhealthy' | 'unseen';
  readonly place: Place;
  readonly message: string;
  /** As it was asked. */
  readonly query?: string;
  readonly missing: readonly MissingSelector[];
}

/** One line for people: `bellwether-http › Errors › A`. */
export function placeText(place: Place): string {
  const { dashboard, panel, refId, variable, annotation, rule, alert } = place;
  const words = [
    dashboard,
    panel,
    refId,
    variable && `variable ${variable}`,
    annotation && `annotation ${annotation}`,
    rule && `rule ${rule}`,
    alert && `alert ${alert}`,
  ];
  return words.filter((word) => word !== undefined && word !== '').join(' › ');
}
