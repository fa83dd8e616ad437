import { fields, isText, listOf, mapOf, optional } from './net/shape.ts';

/** What we read of an Alertmanager's configuration. */
export interface Route {
  readonly receiver?: string | undefined;
  readonly matchers?: readonly string[] | undefined;
  readonly match?: Readonly<Record<string, string>> | undefined;
  readonly match_re?: Readonly<Record<string, string>> | undefined;
  readonly continue?: boolean | undefined;
  readonly routes?: readonly Route[] | undefined;
}

/** A route read from text that somebody else wrote; deeper than `depth` nobody nests them. */
export const isRoute = (value: unknown, depth = 20): value is Route =>
  depth > 0 &&
  fields<Route>({
    receiver: optional(isText),
    matchers: optional(listOf(isText)),
    match: optional(mapOf(isText)),
    match_re: optional(mapOf(isText)),
    continue: optional((flag) => typeof flag === 'boolean'),
    routes: optional(listOf((child): child is Route => isRoute(child, depth - 1))),
  })(value);

export interface Receiver {
  readonly name: string;
  readonly [integrations: string]: unknown;
}

type Labels = Readonly<Record<string, string>>;

/**
 * The receivers of an alert with these labels, as Alertmanager finds them: the deepest route that matches, the first of its siblings unless
 * they `continue`. https://prometheus.io/docs/alerting/latest/configuration/#route
 */
export function receiversOf(route: Route, labels: Labels, inherited = ''): readonly string[] {
  const receiver = route.receiver ?? inherited;
  const found: string[] = [];
  for (const child of route.routes ?? []) {
    if (!matches(child, labels)) continue;
    found.push(...receiversOf(child, labels, receiver));
    if (child.continue !== true) break;
  }
  return found.length > 0 ? found : [receiver];
}

/** Its ways to tell somebody: webhook, e-mail, ... */
export const integrationsOf = (receiver: Receiver | undefined): readonly string[] =>
  Object.entries(receiver ?? {}).flatMap(([key, value]) =>
    key.endsWith('_configs') && Array.isArray(value) && value.length > 0
      ? [key.replace(/_configs$/, '')]
      : [],
  );

function matches({ matchers = [], match = {}, match_re = {} }: Route, labels: Labels): boolean {
  const of = (name: string) => labels[name] ?? '';
  return (
    matchers.every((matcher) => {
      const [, name = '', operator = '', quoted = ''] =
        /^\s*"?([^"=!~\s]+)"?\s*(=~|!~|!=|=)\s*(.*?)\s*$/.exec(matcher) ?? [];
      const value = quoted.replace(/^"(.*)"$/, '$1');
      const equal = operator.endsWith('~') ? wholly(value, of(name)) : value === of(name);
      return operator.startsWith('!') ? !equal : equal;
    }) &&
    Object.entries(match).every(([name, value]) => of(name) === value) &&
    Object.entries(match_re).every(([name, value]) => wholly(value, of(name)))
  );
}

function wholly(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    return false;
  }
}
