import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillTemplate, quote } from './fill-template.ts';

const template =
  'sum(rate(x{deployment_environment_name=~"$environment",service_name=~"$service",http_route=~"$route",code=~"5.."}[$window]))';
const windows = { window: 240, range: 3_600 };

test('what nobody chose is everything, what was chosen is an equality', () => {
  expect(fillTemplate(template, { service: 'shop' }, windows)).toBe(
    'sum(rate(x{deployment_environment_name=~".*",service_name="shop",http_route=~".*",code=~"5.."}[240s]))',
  );
  expect(fillTemplate('increase(x[$range])', {}, windows)).toBe('increase(x[3600s])');
});

test('a choice stays one string literal, whatever is in it', () => {
  const hostile = ['a"} or up{x="', '\\', '\\"', 'a\nb', '.*', '$window', '$route', "$'", '$&'];
  for (const service of hostile) {
    const filled = fillTemplate('x{service_name=~"$service"}', { service }, windows);
    expect(filled).toBe(`x{service_name=${quote(service)}}`);
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      const literal = quote(text);
      expect(literal.slice(1, -1)).not.toMatch(/(^|[^\\])(\\\\)*"|\n/);
      const read = literal
        .slice(1, -1)
        .replace(/\\(.)/g, (_all, sign) => (sign === 'n' ? '\n' : sign));
      expect(read).toBe(text);
    }),
  );
});
