import satisfies from 'semver/functions/satisfies.js';
import { expect, test } from 'vitest';
import { inRange } from './in-range.ts';

const ranges = ['>=4.0.0 <6', '>=1.0.0 <3', '>=8.0.3 <9', '>=3 <4', '>=7 <8', '>=5 <7', '>=5.12'];
const versions = ['1.0.0', '3.9.9', '4.0.0', '5.12.0', '5.11.9', '6.0.0', '6.0.0-rc.1', '8.0.2'];

test.each(ranges)('%s: as semver has it', (range) => {
  for (const version of [...versions, '8.0.3', '8.16.0+build', '9.0.0', '10.0.0', '7.1.0-beta.1']) {
    const expected = satisfies(version, range, { includePrerelease: true });
    expect(inRange(version, range), version).toBe(expected);
  }
});

test('a range of another kind is a mistake of ours', () => {
  expect(() => inRange('1.0.0', '^1.0.0')).toThrow('Expected >= or <');
});
