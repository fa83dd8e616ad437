import { expect, test } from 'vitest';
import { whyFailed } from './why-failed.mjs';

test('the error of the process, not its path and stack', () => {
  const error = new Error(
    "--require x app.cjs ended (1):\nnode:internal/loader:1\n  throw err;\n\nError: Cannot find module 'x'\nRequire stack:\n",
  );
  expect(whyFailed(error)).toBe("Error: Cannot find module 'x'");
});

test('else what we say', () => {
  expect(whyFailed(new Error('app.cjs did not answer in 60 s:\n'))).toBe(
    'app.cjs did not answer in 60 s:',
  );
});
