import { fuzz, hasUnseen, hostileText, hostileValue } from '@bellwether/testkit/fuzz';
import fc from 'fast-check';
import { expect } from 'vitest';
import { TenantBudget } from './tenant-budget.ts';
import { readTenantShape } from './tenant-id.ts';

const budgetOf = (options: object = {}) => {
  let refused = 0;
  const budget = new TenantBudget(() => 0, {
    admitted: () => {},
    evicted: () => {},
    refused: () => {
      refused += 1;
    },
  });
  budget.configure(options);
  return { budget, refused: () => refused };
};

fuzz(
  'an id of whatever is refused and counted, or a short plain word',
  fc.array(hostileValue(), { maxLength: 40 }),
  (makers) => {
    const { budget, refused } = budgetOf({ budget: 10 });
    let malformed = 0;
    for (const make of makers) {
      const ref = budget.resolve(make());
      if (ref === undefined) malformed += 1;
      else expect(ref.id).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
    }
    expect(refused()).toBe(malformed);
    expect(budget.size).toBeLessThanOrEqual(10);
    for (const label of budget.labels.slice(2)) expect(label).toMatch(/^[\w.-]{1,64}$/);
  },
  { runs: 200 },
);

fuzz(
  'with a pattern that takes anything, two ids are two on the wire, and neither ends a line or an entry',
  fc.array(hostileText(), { maxLength: 2 }),
  (ids) => {
    const { budget } = budgetOf({ pattern: /[\s\S]+/, maxLength: 256 });
    const wire = (id: string) => Buffer.from(budget.resolve(id)?.id ?? '').toString();
    const accepted = ids.filter((id) => budget.resolve(id) !== undefined);
    for (const id of accepted) {
      expect(wire(id)).toBe(id);
      expect(id).not.toMatch(/[,=;]/);
      expect(hasUnseen(id)).toBe(false);
    }
  },
  {
    runs: 300,
    corpus: [
      ['\ud800', '\udfff'],
      ['a\u2028b', 'a\u202eb'],
    ],
  },
);

fuzz(
  'a pattern of whatever compiles or is refused by its code',
  fc.tuple(
    fc.oneof(hostileText(), fc.stringMatching(/^[\w()[\]|*+?.^$\\-]{0,20}$/)),
    hostileText(),
  ),
  ([pattern, id]) => {
    try {
      expect(
        typeof readTenantShape(pattern, undefined, { pattern: /x/, maxLength: 9 }).maxLength,
      ).toBe('number');
    } catch (error) {
      expect((error as { code?: string }).code).toBe('ERR_TENANT_PATTERN');
      expect((error as Error).message).not.toMatch(/[\n\r]/);
    }
    expect(id).toBe(id);
  },
  { runs: 200 },
);
