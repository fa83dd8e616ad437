import type { Dashboard, DashboardLink } from '@grafana/grafana-foundation-sdk/dashboard';

const TARGET = /^\/d\/([\w-]+)/;

/** The dashboard that a link leads to, if it leads to one. */
export const targetUid = (url: string | undefined): string | undefined => url?.match(TARGET)?.[1];

/** A dashboard without the links to those that do not exist in this spec. */
export function withoutDeadLinks(dashboard: Dashboard, uids: ReadonlySet<string>): Dashboard {
  const lives = ({ url }: DashboardLink) => {
    const uid = targetUid(url);
    return uid === undefined || uids.has(uid);
  };
  return {
    ...dashboard,
    links: dashboard.links?.filter(lives) ?? [],
    panels: (dashboard.panels ?? []).map((panel) =>
      'fieldConfig' in panel && panel.fieldConfig !== undefined
        ? {
            ...panel,
            fieldConfig: {
              defaults: {
                ...panel.fieldConfig.defaults,
                ...(panel.fieldConfig.defaults.links !== undefined && {
                  links: panel.fieldConfig.defaults.links.filter(lives),
                }),
              },
              overrides: panel.fieldConfig.overrides.map((override) => ({
                ...override,
                properties: override.properties.map((property) =>
                  property.id === 'links'
                    ? { ...property, value: (property.value as DashboardLink[]).filter(lives) }
                    : property,
                ),
              })),
            },
          }
        : panel,
    ),
  };
}
