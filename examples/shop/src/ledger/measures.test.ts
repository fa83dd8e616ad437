import { catalogOf } from '@bellwether/meters';
import { expect, test } from 'vitest';
import { meters } from '../meters.ts';
import { measures } from './measures.ts';

test.each(measures)('$name is compared with a meter of that kind and attributes', (measure) => {
  const instrument = catalogOf(meters)?.instruments.find(({ name }) => name === measure.meter);
  expect(instrument).toBeDefined();
  expect(instrument?.kind).toBe(measure.kind);
  const attributes = Object.keys(instrument?.attributes ?? {});
  for (const name of [...measure.by, ...Object.keys(measure.only ?? {})]) {
    expect(attributes).toContain(name);
  }
});
