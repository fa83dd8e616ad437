import { expect, test } from 'vitest';
import { stderrDiagLogger } from './diag-logger.ts';

test('one line each, the same one once a minute', () => {
  const lines: string[] = [];
  let now = 0;
  const logger = stderrDiagLogger(
    (line) => lines.push(line),
    () => now,
  );
  logger.error('export\n  failed', new Error('refused'));
  logger.error('export\n  failed', new Error('refused'));
  logger.warn('other', { a: 1 });
  now = 60_000;
  logger.error('export\n  failed', new Error('refused'));
  expect(lines).toEqual([
    'bellwether error: export failed refused',
    'bellwether warning: other {"a":1}',
    'bellwether error: export failed refused',
  ]);
});
