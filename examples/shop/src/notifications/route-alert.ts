import type { ChannelPlan } from './channel-plan.ts';

/**
 * The channels of the first route that fits the alert. The last route fits all, so no alert goes nowhere; labels choose among
 * the configured channels and can name none.
 */
export function routeAlert(
  { routes }: Pick<ChannelPlan, 'routes'>,
  { severity, team }: { readonly severity: string; readonly team: string },
): readonly string[] {
  const route = routes.find(
    (candidate) =>
      (candidate.severity?.includes(severity) ?? true) && (candidate.team?.includes(team) ?? true),
  );
  return [...new Set(route?.channels)];
}
