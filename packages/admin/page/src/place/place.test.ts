import { expect, test } from 'vitest';
import { formatPlace, parsePlace } from './place.ts';

test('a place survives the way through the address bar, whatever a tenant is called', () => {
  for (const tenant of [
    'acme',
    '<script>alert(1)</script>',
    '.*"} or up{',
    'a&b=c?d#e',
    'Bäcker ☕',
  ]) {
    const place = {
      view: 'requests',
      range: '6h',
      tenant,
      environment: 'prod',
      refresh: 30,
      more: { search: 'x & y' },
    };
    expect(parsePlace(formatPlace(place))).toEqual(place);
  }
});

test('what it does not understand becomes the default', () => {
  expect(parsePlace('')).toEqual({
    view: 'overview',
    range: '1h',
    tenant: undefined,
    environment: undefined,
    refresh: undefined,
    more: {},
  });
  expect(parsePlace('#/../../etc?range=9y&refresh=1')).toMatchObject({
    view: 'overview',
    range: '1h',
    refresh: undefined,
  });
});

test('defaults stay out of the address', () => {
  expect(formatPlace(parsePlace('#/overview'))).toBe('#/overview');
});
