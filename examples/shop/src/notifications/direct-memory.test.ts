import { expect, test } from 'vitest';
import { parseChannelPlan } from './channel-plan.ts';
import { openDirectMemory } from './direct-memory.ts';
import type { ReceivedAlert } from './webhook-payload.ts';

const plan = parseChannelPlan(
  {
    channels: { log: { kind: 'log' }, other: { kind: 'log' } },
    routes: [{ severity: ['critical'], channels: ['log', 'other'] }, { channels: ['log'] }],
  },
  '/',
);

const alertOf = (fingerprint: string, more: Partial<ReceivedAlert> = {}): ReceivedAlert => ({
  fingerprint,
  startsAt: new Date(0),
  endsAt: null,
  status: 'firing',
  name: 'A',
  severity: 'critical',
  team: '',
  service: '',
  tenantId: null,
  groupKey: 'g',
  labels: {},
  annotations: {},
  ...more,
});

const open = (mostAlerts = 10, mostBytes = 1_000_000) =>
  openDirectMemory(plan, { mostAlerts, mostBytes });

test('critical alerts, once, on each of their channels', () => {
  const memory = open();
  expect(memory.take([alertOf('a'), alertOf('a'), alertOf('b', { severity: 'warning' })])).toBe(1);
  expect(memory.take([alertOf('a')])).toBe(0);
  expect(memory.due('log')).toHaveLength(1);
  expect(memory.due('other')).toHaveLength(1);
});

test('an end is taken only of what was taken itself', () => {
  const memory = open();
  expect(memory.take([alertOf('a', { status: 'resolved' })])).toBe(0);
  expect(memory.take([alertOf('a'), alertOf('a', { status: 'resolved' })])).toBe(2);
});

test('what finds no room is counted once, until all is stored', () => {
  const memory = open(2);
  const alerts = ['a', 'b', 'c', 'd'].map((text) => alertOf(text));
  expect(memory.take(alerts)).toBe(2);
  memory.take(alerts);
  expect(memory.leftOut()).toBe(2);
  memory.forget(memory.alerts());
  expect(memory.leftOut()).toBe(0);
  expect(memory.take(alerts)).toBe(2);
});

test('few large alerts fill it as well', () => {
  const memory = open(10, 10_000);
  const large = (text: string) => alertOf(text, { annotations: { summary: 'x'.repeat(6_000) } });
  expect(memory.take([large('a'), large('b'), alertOf('c')])).toBe(2);
  memory.forget(memory.alerts());
  expect(memory.take([large('b')])).toBe(1);
});
