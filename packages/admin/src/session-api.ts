import { setTimeout as wait } from 'node:timers/promises';
import { Router } from 'express';
import { askInstant } from './ask/instant.ts';
import { readParameters } from './ask/parameters.ts';
import type { PrometheusClient } from './ask/prometheus-client.ts';
import { viewsFor } from './catalog/read-catalog.ts';
import { CSRF_HEADER } from './cross-site.ts';
import { type Identity, identityOf } from './identity.ts';
import type { Settings } from './monitoring-options.ts';

/** A slow Prometheus must not keep the page from opening and saying so. */
const PATIENCE_MS = 2_000;

/** `GET session` and `GET views`: who asks, and what there is for them. */
export function sessionApi(settings: Settings, prometheus: PrometheusClient): Router {
  const router = Router({ caseSensitive: true });

  router.get('/session', async (request, response) => {
    readParameters(request, []);
    const identity = identityOf(request);
    const { user, role } = identity;
    response.json({
      user,
      role,
      tenant: tenantOf(identity) ?? null,
      environments: await environmentsOf(identity, settings, prometheus),
      refreshSeconds: settings.limits.refreshSeconds,
      maxRangeDays: settings.limits.maxRangeDays,
      maxSilenceMinutes: settings.limits.maxSilenceMinutes,
      alerts: settings.alertmanager !== undefined,
      grafana: role === 'super-admin' ? settings.grafana : null,
      csrfHeader: CSRF_HEADER,
      time: Date.now() / 1000,
    });
  });

  router.get('/views', (request, response) => {
    readParameters(request, []);
    response.json({ views: viewsFor(settings.catalog, identityOf(request).role) });
  });
  return router;
}

const tenantOf = (identity: Identity) =>
  identity.role === 'tenant-admin' ? identity.tenant : undefined;

/** Those of the last day; none when Prometheus does not say: the page can be used without. */
async function environmentsOf(
  identity: Identity,
  settings: Settings,
  prometheus: PrometheusClient,
): Promise<readonly string[]> {
  const query = settings.catalog.queries.get('environments');
  const tenant = tenantOf(identity);
  const template = tenant === undefined ? query?.all : query?.tenant;
  if (query === undefined || template === undefined) return [];
  const question = { name: 'environments', query, template, scope: { tenant } };
  const lastDay = { time: undefined, range: 86_400 };
  const tooLate = wait(PATIENCE_MS, { rows: [] }, { ref: false });
  try {
    const asked = askInstant(question, lastDay, settings, prometheus);
    const { rows } = await Promise.race([asked, tooLate]);
    return rows
      .map(({ labels }) => labels.deployment_environment_name ?? '')
      .filter((name) => name !== '')
      .sort();
  } catch {
    return [];
  }
}
