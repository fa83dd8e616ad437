import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, type Identity, monitoring } from '@bellwether/admin';
import { type Request, Router } from 'express';
import { packageRoot } from '../../package-root.ts';
import type { Services } from '../../services.ts';
import { isSameOrigin } from '../forgery/same-origin.ts';
import { type AdminIdentity, identifyAdmin, requireAdmin, requireRole } from '../identify-admin.ts';

/** The monitoring page at /monitoring: everything for a super admin, one tenant for its admin, 403 for staff. */
export function mountMonitoring(services: Services): Router {
  const { settings, admin, log } = services;
  const { prometheusUrl, tenantPrometheusUrl, alertmanagerUrl } = settings.monitoring;
  const router = Router();
  if (prometheusUrl === undefined) return router;
  router.use(
    '/monitoring',
    requireAdmin(services),
    requireRole('super-admin', 'tenant-admin'),
    monitoring({
      prometheus: { url: prometheusUrl },
      ...(tenantPrometheusUrl !== undefined && { tenantPrometheus: { url: tenantPrometheusUrl } }),
      ...(alertmanagerUrl !== undefined && { alertmanager: { url: alertmanagerUrl } }),
      authorize: monitoringIdentity(services),
      audit: admin.audit,
      catalog: readOwnCatalog(),
      // What is scraped comes every 15 s, whatever our own interval is.
      sampleSeconds: Math.max(15, settings.exportSeconds),
      csrf: (request) => isSameOrigin(request, settings),
      signInUrl: '/admin/login?next=/admin/monitoring/',
      ...(settings.grafana !== undefined && { grafana: { url: '/grafana/' } }),
      onError: (error) => log.error({ err: error }, 'the monitoring page failed'),
    }),
  );
  return router;
}

/** What `bellwether generate` made of monitoring.ts; the build puts it beside the program. */
function readOwnCatalog(): Catalog {
  return JSON.parse(readFileSync(join(packageRoot(), 'dist/catalog.json'), 'utf8'));
}

/** Who asks, read from the session each time: a live stream ends with it. */
export function monitoringIdentity(
  services: Pick<Services, 'admin' | 'database' | 'settings'>,
): (request: Request) => Promise<Identity | undefined> {
  const identify = identifyAdmin(services);
  return async (request) => toIdentity(await identify(request));
}

function toIdentity(identity: AdminIdentity | undefined): Identity | undefined {
  if (identity?.role === 'super-admin') return { role: 'super-admin', user: identity.email };
  if (identity?.role === 'tenant-admin' && identity.tenant !== null) {
    return { role: 'tenant-admin', user: identity.email, tenant: identity.tenant };
  }
  return undefined;
}
