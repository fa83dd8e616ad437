import { grafanaProxy, readGrafanaKey } from '@bellwether/admin';
import { Router } from 'express';
import { answerErrors } from '../../http/answer-errors.ts';
import { countError } from '../../meters.ts';
import type { Services } from '../../services.ts';
import { isSameOrigin } from '../forgery/same-origin.ts';
import { requireAdmin, requireRole } from '../identify-admin.ts';
import { monitoringIdentity } from '../monitoring/mount-monitoring.ts';
import { tellAsPage } from '../problem-page.ts';

/** Grafana at /grafana, for super admins, where the shop is told of one. Must stand before what reads bodies. */
export function mountGrafana(services: Services): Router {
  const { settings, log } = services;
  const router = Router();
  if (settings.grafana === undefined) return router;
  const { url, keyFile } = settings.grafana;
  router.use(
    '/grafana',
    requireAdmin(services),
    requireRole('super-admin'),
    grafanaProxy({
      url,
      key: readGrafanaKey(keyFile),
      authorize: monitoringIdentity(services),
      // They may explore; data sources and dashboards come from files.
      role: 'Editor',
      csrf: (request) => isSameOrigin(request, settings),
    }),
  );
  router.use('/grafana', answerErrors(log, countError, tellAsPage));
  return router;
}
