import { describe, expect, test } from 'vitest';
import { expectSeen } from './expect-seen.ts';
import { frameworks } from './frameworks.ts';
import { supportedPage } from './supported-page.ts';

describe.each(frameworks)('$name $versions', (framework) => {
  test('is seen as docs/reference/supported.md says', { timeout: 150_000 }, async () => {
    await expectSeen(framework);
  });
});

test('docs/reference/supported.md is what is tried here', async () => {
  await expect(supportedPage()).toMatchFileSnapshot('../../../docs/reference/supported.md');
});
