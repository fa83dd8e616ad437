import { expect, test } from 'vitest';
import { returnAddress } from './return-address.ts';

test.each(['/admin', '/admin/orders?tenant=acme', '/admin/monitoring/', '/grafana/d/x?kiosk'])(
  '%s is ours',
  (wanted) => expect(returnAddress(wanted)).toBe(wanted),
);

test.each([
  'https://evil.example/admin',
  '//evil.example/admin',
  '/\\evil.example/admin',
  'javascript:alert(1)',
  '/administrator',
  '/admin/../products',
  '/admin/login?next=/admin/login',
  '/admin/logout',
  `/admin/${'x'.repeat(2_000)}`,
  '',
  ['/admin/orders'],
  undefined,
])('%s is not', (wanted) => expect(returnAddress(wanted)).toBe('/admin'));
