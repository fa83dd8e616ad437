import { type Attack, nobody, type Role } from './attack.ts';

const asNobody = (what: string, path: string, headers: Record<string, string> = {}): Attack => ({
  what,
  send: (ground) => nobody(ground).get(path, headers),
});
const as = (role: Role, path: string): Attack => ({
  what: `${role} asks for ${path}`,
  send: ({ browsers }) => browsers[role].get(path),
});

/** Ways around the login, and to what is not for one's role. The tenant admin and the staff are of acme. */
export const pathsAndRoles: readonly Attack[] = [
  asNobody('orders', '/admin/orders'),
  asNobody('orders in capitals', '/ADMIN/ORDERS'),
  asNobody('orders behind two slashes', '/admin//orders'),
  asNobody('orders behind a dot', '/admin/./orders'),
  asNobody('orders behind the form', '/admin/login/../orders'),
  asNobody('orders behind a semicolon', '/admin/login;/../orders'),
  asNobody('orders in hexadecimal', '/%61dmin/%6frders'),
  asNobody('orders with NUL', '/admin/orders%00.css'),
  asNobody('orders as an asset', '/admin/assets/..%2forders'),
  asNobody('a file of the package', '/admin/assets/..%2f..%2fpackage.json'),
  asNobody('a file of the package, by dots', '/admin/assets/../../package.json'),
  asNobody(
    'a file of the package, by dots in hexadecimal',
    '/admin/assets/%2e%2e/%2e%2e/package.json',
  ),
  asNobody('a file of the package, by backslashes', '/admin/assets/..%5c..%5cpackage.json'),
  asNobody('a file of the host', '/admin/assets/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd'),
  asNobody('a path that is no UTF-8', '/admin/%ff%fe'),
  asNobody('orders by another address in a header', '/admin/nothing', {
    'x-original-url': '/admin/orders',
    'x-rewrite-url': '/admin/orders',
  }),
  asNobody('a user named by a proxy', '/admin/orders', {
    'x-forwarded-user': 'planted-ada@shop.example',
    'x-webauth-user': 'planted-ada@shop.example',
    'x-bellwether-admin': '1',
  }),
  asNobody('a page for a local proxy', '/admin/orders', { 'x-forwarded-for': '127.0.0.1' }),
  asNobody('the monitoring page', '/admin/monitoring/'),
  asNobody('its figures', '/admin/monitoring/api/instant/request-rate'),
  asNobody('Grafana', '/grafana/d/x'),
  asNobody('the switches for drills', '/admin/faults'),
  as('staff', '/admin/orders?tenant=globex'),
  as('staff', '/admin/orders?tenant=acme&tenant=globex'),
  {
    ...as('staff', '/admin/orders?tenant[]=globex'),
    // What is no parameter of ours asks for nothing: one's own tenant.
    holds: ({ status, text }) => status === 200 && text.includes('<h1>Orders of acme</h1>'),
  },
  as('staff', '/admin/orders?tenant=%67lobex'),
  as('staff', '/admin/orders?tenant=acme%00globex'),
  as('staff', "/admin/orders?tenant=acme'%20or%20'1'='1"),
  as('staff', '/admin/orders?before=%27%3B--'),
  as('staff', '/admin/monitoring/'),
  as('staff', '/admin/monitoring/api/session'),
  as('staff', '/admin/dashboards'),
  as('staff', '/grafana/'),
  as('tenant-admin', '/admin/orders?tenant=globex'),
  as('tenant-admin', '/admin/monitoring/api/tenants'),
  as('tenant-admin', '/admin/monitoring/api/audit'),
  as('tenant-admin', '/admin/monitoring/api/instant/request-rate?tenant=globex'),
  as('tenant-admin', '/admin/dashboards'),
  as('tenant-admin', '/grafana/api/datasources'),
  as('tenant-admin', '/admin/faults'),
  as('super-admin', '/admin/orders?tenant=%00'),
  as('super-admin', '/admin/faults'),
];
