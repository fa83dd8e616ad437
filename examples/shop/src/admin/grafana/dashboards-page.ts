import type { RequestHandler } from 'express';
import { notFound } from '../../http/http-problem.ts';
import type { Services } from '../../services.ts';
import { adminPlaces } from '../admin-menu.ts';
import { adminOf } from '../identify-admin.ts';
import { html } from '../pages/html.ts';
import { allow, sendPage } from '../pages/send-page.ts';

/** GET /dashboards: Grafana in a frame below the menu. */
export function dashboardsPage({ settings }: Pick<Services, 'settings'>): RequestHandler {
  return (request, response) => {
    if (settings.grafana === undefined) throw notFound(`${request.method} ${request.originalUrl}`);
    const identity = adminOf(response);
    allow(response, "frame-src 'self'");
    sendPage(response, {
      title: 'Dashboards',
      identity,
      menu: adminPlaces(identity, settings),
      layout: 'wide',
      body: html`<iframe title="Grafana" src="/grafana/dashboards"></iframe>`,
    });
  };
}
