import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';

test('quotes what needs quotes, leaves nothing as nothing', () => {
  expect(
    toCsv({
      columns: ['name', 'n'],
      rows: [
        ['a "b", c', 1.5],
        ['x', null],
      ],
    }),
  ).toBe('name,n\r\n"a ""b"", c",1.5\r\nx,\r\n');
});

test('a name is never a formula', () => {
  expect(toCsv({ columns: ['t'], rows: [['=HYPERLINK("http://x")'], ['-2+3'], ['@a']] })).toBe(
    't\r\n"\'=HYPERLINK(""http://x"")"\r\n\'-2+3\r\n\'@a\r\n',
  );
});
