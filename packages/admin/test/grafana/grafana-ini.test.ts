import { expect, test } from 'vitest';
import { grafanaSetting } from './grafana-ini.ts';

test.each([
  ['auth.anonymous', 'enabled', 'false'],
  ['auth.basic', 'enabled', 'false'],
  ['auth.proxy', 'enabled', 'false'],
  ['auth.jwt', 'enabled', 'true'],
  ['auth.jwt', 'role_attribute_strict', 'true'],
  ['auth.jwt', 'allow_assign_grafana_admin', 'false'],
  ['auth.jwt', 'url_login', 'false'],
  ['users', 'allow_sign_up', 'false'],
  ['auth', 'disable_login_form', 'true'],
  ['security', 'disable_initial_admin_creation', 'true'],
  ['security', 'allow_embedding', 'true'],
  ['server', 'serve_from_sub_path', 'true'],
  ['public_dashboards', 'enabled', 'false'],
  ['live', 'max_connections', '0'],
])('[%s] %s is %s', (section, name, value) => {
  expect(grafanaSetting(section, name)).toBe(value);
});
