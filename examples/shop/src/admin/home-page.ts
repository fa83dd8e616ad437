import type { Settings } from '../settings.ts';
import { adminPlaces } from './admin-menu.ts';
import type { AdminIdentity } from './identify-admin.ts';
import { html } from './pages/html.ts';
import type { Page } from './pages/send-page.ts';

/** The first page after a login: where this user may go. */
export function homePage(identity: AdminIdentity, settings: Settings): Page {
  const places = adminPlaces(identity, settings);
  return {
    title: 'Admin',
    identity,
    menu: places,
    body: html`<h1>Admin</h1>
<p class="lead">You are logged in as ${identity.role}${identity.tenant !== null && html` of <strong>${identity.tenant}</strong>`}.</p>
<ul class="cards">${places.map(
      ({ href, label, about }) =>
        html`<li><a href="${href}"><strong>${label}</strong><span>${about}</span></a></li>`,
    )}</ul>`,
  };
}
