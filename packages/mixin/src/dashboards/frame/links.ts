import { type DashboardLink, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import { placeholder } from './placeholder.ts';

/** Every dashboard of ours has it: the list at the top of each finds the others by it. */
export const TAG = 'bellwether';

/** What stands in the clicked cell of a table. */
export const cellValue = placeholder('__value.raw:percentencode');

/** A label of the clicked series. */
export const seriesLabel = (label: string): string =>
  placeholder(`__field.labels.${label}:percentencode`);

/** Variables that keep their values on the way to another dashboard. */
const KEPT = ['datasource', 'environment', 'job', 'instance', 'tenant'] as const;

export interface DataLinkOptions {
  /** Variables of the other dashboard that get a value from the clicked thing: `{ route: cellValue }`. */
  readonly set?: Readonly<Record<string, string>>;
  /** Variables that this dashboard has and the other one does too. Default: those of services, with tenant. */
  readonly keep?: readonly string[];
}

/** From a series or cell to a dashboard about it; time range and variables go along. */
export function dataLink(
  title: string,
  uid: string,
  { set = {}, keep = KEPT }: DataLinkOptions = {},
): DashboardLink {
  const variables = [
    ...keep.filter((name) => !(name in set)).map((name) => placeholder(`${name}:queryparam`)),
    ...Object.entries(set).map(([name, value]) => `var-${name}=${value}`),
  ];
  return link(title, `/d/${uid}?${[placeholder('__url_time_range'), ...variables].join('&')}`);
}

/** A button at the top that leads to another dashboard; time range and all variables go along. */
export function dashboardLink(title: string, uid: string): DashboardLink {
  return { ...link(title, `/d/${uid}`), icon: 'dashboard', includeVars: true, keepTime: true };
}

/** The menu of all dashboards. */
export const allDashboardsLink: DashboardLink = {
  ...link('All dashboards', ''),
  type: DashboardLinkType.Dashboards,
  icon: 'external link',
  tags: [TAG],
  asDropdown: true,
  includeVars: true,
  keepTime: true,
};

function link(title: string, url: string): DashboardLink {
  return {
    title,
    type: DashboardLinkType.Link,
    icon: '',
    tooltip: '',
    url,
    tags: [],
    asDropdown: false,
    targetBlank: false,
    includeVars: false,
    keepTime: false,
  };
}
