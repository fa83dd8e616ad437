import { DEFAULT_RANGE, isRange } from './time-range.ts';

/** Everything that a link to this page carries: a reload or a colleague sees the same. */
export interface Place {
  readonly view: string;
  readonly range: string;
  readonly tenant: string | undefined;
  readonly environment: string | undefined;
  /** Seconds between refreshes; 0 is off; undefined is what the server advises. */
  readonly refresh: number | undefined;
  /** What only one view knows: a search, a page, an order. */
  readonly more: Readonly<Record<string, string>>;
}

const known = new Set(['range', 'tenant', 'environment', 'refresh']);
export const refreshChoices = [0, 5, 15, 30, 60, 300] as const;

/** Reads `#/overview?range=1h&tenant=acme`. What it does not understand it leaves out, never throws. */
export function parsePlace(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const range = parameters.get('range') ?? '';
  const refresh = parameters.get('refresh');
  return {
    view: /^[a-z][a-z-]*$/.test(path) ? path : 'overview',
    range: isRange(range) ? range : DEFAULT_RANGE,
    tenant: parameters.get('tenant') || undefined,
    environment: parameters.get('environment') || undefined,
    refresh: refreshChoices.find((seconds) => String(seconds) === refresh),
    more: Object.fromEntries([...parameters].filter(([name]) => !known.has(name))),
  };
}

/** The hash of a place; what is at its default is left out. */
export function formatPlace({ view, range, tenant, environment, refresh, more }: Place): string {
  const parameters = new URLSearchParams();
  if (range !== DEFAULT_RANGE) parameters.set('range', range);
  if (tenant) parameters.set('tenant', tenant);
  if (environment) parameters.set('environment', environment);
  if (refresh !== undefined) parameters.set('refresh', String(refresh));
  for (const [name, value] of Object.entries(more)) if (value) parameters.set(name, value);
  const query = parameters.toString();
  return `#/${view}${query ? `?${query}` : ''}`;
}
