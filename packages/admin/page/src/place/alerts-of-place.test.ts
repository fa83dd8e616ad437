import { expect, test } from 'vitest';
import type { Alert } from '../api/answers.ts';
import { alertsOf } from './alerts-of-place.ts';

const alert = (name: string, about: Partial<Alert> = {}): Alert => ({
  name,
  ...{ fingerprint: name, severity: 'warning', state: 'active', silencedBy: [] },
  ...{ tenant: null, service: null, environment: null, runbook: null },
  ...{ summary: '', description: '', startsAt: '' },
  ...about,
});
const alerts = [
  alert('production', { environment: 'production' }),
  alert('staging', { environment: 'staging', tenant: 'acme' }),
  alert('a server'),
];
const names = (tenant?: string, environment?: string) =>
  alertsOf(alerts, { tenant, environment }).map(({ name }) => name);

test('an environment has its own alerts, and those that say none', () => {
  expect(names()).toEqual(['production', 'staging', 'a server']);
  expect(names(undefined, 'production')).toEqual(['production', 'a server']);
  expect(names('acme', 'staging')).toEqual(['staging']);
  expect(names('acme', 'production')).toEqual([]);
});
