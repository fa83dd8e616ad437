import { expect, test } from 'vitest';
import { stderrDiagLogger } from './diag-logger.ts';

test('no stack, no password', () => {
  const lines: string[] = [];
  const logger = stderrDiagLogger(
    (line) => lines.push(line),
    () => 0,
  );
  logger.error(
    JSON.stringify({
      stack: 'Error: a\n  at b',
      message:
        'PeriodicExportingMetricReader: metrics export failed (error Error: it (all) failed)',
    }),
  );
  logger.error('flush failed', [new Error('one'), new TypeError('two')]);
  logger.error('no answer from https://user:s3cret@host/path');
  expect(lines).toEqual([
    'bellwether error: it (all) failed',
    'bellwether error: flush failed one, two',
    'bellwether error: no answer from https://[redacted]@host/path',
  ]);
});

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
