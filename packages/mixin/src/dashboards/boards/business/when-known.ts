import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';

/** A panel about a query, or none where no catalog has the instrument that the query is about. */
export const whenKnown = (
  expr: string | undefined,
  build: (expr: string) => Panel,
): Panel | undefined => (expr === undefined ? undefined : build(expr));
