import { phone } from '../../packages/testkit/dist/browser.js';

/** Who looks, by the demo logins. */
export const roles = [
  { role: 'super-admin', email: 'super@shop.example' },
  { role: 'tenant-admin', email: 'admin@acme.example' },
];

export const devices = [
  { name: 'desktop', options: { viewport: { width: 1440, height: 900 } } },
  { name: 'phone', options: phone },
];

export const themes = ['light', 'dark'];

const parts = { 'tenant-acme': '#/tenants?tenant=acme', silences: '#/alerts?tab=silences' };
const partsOfSuperAdmin = { ...parts, audit: '#/alerts?tab=audit' };

/** Every view that the menu of this reader has, the parts of views, and the other pages of the area. */
export async function placesOf(camera, role) {
  const views = await camera.views();
  const { silences } = parts;
  return [
    ...views.map((hash) => ({ view: hash.slice(2), hash })),
    ...Object.entries(role === 'super-admin' ? partsOfSuperAdmin : { silences }).map(
      ([view, hash]) => ({ view, hash }),
    ),
    { view: 'home', path: '/admin' },
    { view: 'orders', path: '/admin/orders' },
  ];
}

/** Those that the documentation shows, by the name that they have there. */
export const docsPictures = {
  'overview.png': 'super-admin-overview-desktop-light.png',
  'overview-phone.png': 'super-admin-overview-phone-light.png',
  'requests.png': 'super-admin-requests-desktop-light.png',
  'business-dark.png': 'super-admin-business-desktop-dark.png',
  'tenants.png': 'super-admin-tenants-desktop-light.png',
  'alerts.png': 'super-admin-firing-desktop-light.png',
  'silence.png': 'super-admin-silence-desktop-light.png',
  'audit.png': 'super-admin-audit-desktop-light.png',
  'one-tenant-dark.png': 'tenant-admin-overview-desktop-dark.png',
};
