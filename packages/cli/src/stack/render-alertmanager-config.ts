import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { globLiteral } from './glob-literal.ts';
import type { AlertmanagerTiming, NotificationTarget } from './stack-settings.ts';

export interface AlertmanagerHere {
  /** Folder of the templates, absolute. */
  readonly templatesFolder: string;
  /** Where the secrets of integrations are, each by the name that it has in the committed file. */
  readonly secretsFolder: string;
  readonly hasFile: (path: string) => boolean;
  /** Without it nothing is sent to a notification service. */
  readonly notifications?: NotificationTarget;
  readonly timing?: AlertmanagerTiming;
  /** `deployment.environment.name` of the services whose databases this stack watches. Default: whatever environment there is. */
  readonly environment?: string;
}

export interface RenderedAlertmanagerConfig {
  readonly text: string;
  /** Kinds of integration that are not in it: `notification service`, `email`, `pagerduty`, `slack`. */
  readonly leftOut: readonly string[];
}

interface Route {
  matchers?: readonly string[];
  receiver?: string;
  group_wait?: string;
  group_interval?: string;
  repeat_interval?: string;
  routes?: readonly Route[];
}

interface Receiver {
  readonly name: string;
  readonly [kind: string]: unknown;
}

interface InhibitRule {
  readonly target_matchers: readonly string[];
  readonly [field: string]: unknown;
}

interface Config {
  readonly templates: readonly string[];
  readonly route: Route;
  readonly inhibit_rules: readonly InhibitRule[];
  readonly receivers: readonly Receiver[];
  readonly [section: string]: unknown;
}

type Integration = Readonly<Record<string, unknown>>;

/** The address of the notification service in the committed file. */
const SERVICE = 'http://notifications:8080';
/** By this the committed file says that a database serves every environment. */
const ANY_ENVIRONMENT = 'deployment_environment_name=~".*"';

/**
 * The committed alertmanager.yaml for this machine: its templates, its notification service, and without the integrations that have
 * no secret here, as a receiver that always fails hides the ones that work. Routes stay as they are, and inhibition but for the environment
 * of databases.
 */
export function renderAlertmanagerConfig(
  committed: string,
  here: AlertmanagerHere,
): RenderedAlertmanagerConfig {
  const config = parse(committed) as Config;
  const leftOut = new Set<string>();
  const rendered = {
    ...config,
    templates: config.templates.map((glob) =>
      join(globLiteral(here.templatesFolder), basename(glob)),
    ),
    route: here.timing === undefined ? config.route : timed(config.route, here.timing),
    inhibit_rules: config.inhibit_rules.map((rule) => ofEnvironment(rule, here.environment)),
    receivers: config.receivers.map((receiver) =>
      Object.fromEntries(
        Object.entries(receiver).flatMap(([key, value]) => {
          if (!Array.isArray(value)) return [[key, value]];
          const kept = value.flatMap((one: Integration) =>
            integrationHere(key, one, here, leftOut),
          );
          return kept.length === 0 ? [] : [[key, kept]];
        }),
      ),
    ),
  };
  return {
    text: stringify(rendered, { lineWidth: 0, aliasDuplicateObjects: false }),
    leftOut: [...leftOut].sort(),
  };
}

function ofEnvironment(rule: InhibitRule, environment: string | undefined): InhibitRule {
  if (environment === undefined) return rule;
  const only = `deployment_environment_name=${JSON.stringify(environment)}`;
  return {
    ...rule,
    target_matchers: rule.target_matchers.map((one) => (one === ANY_ENVIRONMENT ? only : one)),
  };
}

function integrationHere(
  kind: string,
  integration: Integration,
  here: AlertmanagerHere,
  leftOut: Set<string>,
): readonly Integration[] {
  const { url } = integration;
  if (typeof url === 'string' && url.startsWith(`${SERVICE}/`)) {
    const { notifications } = here;
    if (notifications === undefined) {
      leftOut.add('notification service');
      return [];
    }
    const address = notifications.url.replace(/\/+$/, '') + url.slice(SERVICE.length);
    return [{ ...withFiles(integration, () => notifications.tokenFile), url: address }];
  }
  const secrets: string[] = [];
  const moved = withFiles(integration, (file) => {
    const path = join(here.secretsFolder, basename(file));
    secrets.push(path);
    return path;
  });
  if (secrets.every(here.hasFile)) return [moved];
  leftOut.add(kind.replace(/_configs$/, ''));
  return [];
}

/** The same with other paths for its secrets: every `..._file` is one. */
function withFiles(value: Integration, place: (file: string) => string): Integration {
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      if (key.endsWith('_file') && typeof field === 'string') return [key, place(field)];
      const isObject = typeof field === 'object' && field !== null && !Array.isArray(field);
      return [key, isObject ? withFiles(field as Integration, place) : field];
    }),
  );
}

/** Only what a route sets itself is replaced: the others inherit it. */
function timed(route: Route, timing: AlertmanagerTiming): Route {
  const { groupWait, groupInterval, repeatInterval, heartbeatInterval } = timing;
  const isHeartbeat = route.matchers?.includes('alertname="Watchdog"') === true;
  const wait = isHeartbeat ? undefined : groupWait;
  const interval = isHeartbeat ? heartbeatInterval : groupInterval;
  // A repetition falls on a tick of the group, a moment before it is due: so it is due at once.
  const repeat = isHeartbeat && heartbeatInterval !== undefined ? '1ms' : repeatInterval;
  const has = (key: keyof Route) => route[key] !== undefined;
  return {
    ...route,
    ...(has('group_wait') && wait !== undefined && { group_wait: wait }),
    ...(has('group_interval') && interval !== undefined && { group_interval: interval }),
    ...(has('repeat_interval') && repeat !== undefined && { repeat_interval: repeat }),
    ...(route.routes !== undefined && {
      routes: route.routes.map((child) => timed(child, timing)),
    }),
  };
}
