import { expect, test } from 'vitest';
import { matcherText } from './matcher-text.ts';

test.each([
  [{ isRegex: false, isEqual: true }, 'tenant_id = acme|globex'],
  [{ isRegex: true, isEqual: true }, 'tenant_id =~ acme|globex'],
  [{ isRegex: false, isEqual: false }, 'tenant_id != acme|globex'],
  [{ isRegex: true, isEqual: false }, 'tenant_id !~ acme|globex'],
])('what is silenced is not shown as its opposite: %j', (how, text) => {
  expect(matcherText({ name: 'tenant_id', value: 'acme|globex', ...how })).toBe(text);
});
