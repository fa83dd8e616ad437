import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** Copies of dashboards, rules and of what may be empty, without those about MySQL, in `target`. Returns their places. */
export function withoutMysql({ dashboards, rules, expectedEmpty }, target) {
  const copies = {
    dashboards: join(target, 'dashboards'),
    rules: join(target, 'rules'),
    expectedEmpty: join(target, 'expected-empty.yaml'),
  };
  cpSync(dashboards, copies.dashboards, { recursive: true });
  cpSync(rules, copies.rules, { recursive: true });
  rmSync(join(copies.dashboards, 'infrastructure/bellwether-mysql.json'));
  rmSync(join(copies.rules, 'mysql-alerts.yaml'));
  const entries = parse(readFileSync(expectedEmpty, 'utf8')) ?? [];
  writeFileSync(
    copies.expectedEmpty,
    stringify(entries.filter(({ alert = '' }) => !alert.startsWith('Mysql'))),
  );
  return copies;
}
