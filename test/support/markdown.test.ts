import { expect, test } from 'vitest';
import { anchors, relativeLinks } from './markdown.ts';

test('finds relative links of both kinds and passes over code and addresses', () => {
  const page = [
    'See [one](a.md), ![two](b.png "title") and [three][ref], not [web](https://example.org).',
    'Nor `[code](no.md)`.',
    '```md',
    '[block](no.md)',
    '```',
    '[ref]: c.md#part',
  ].join('\n');
  expect(relativeLinks(page)).toEqual(['a.md', 'b.png', 'c.md#part']);
});

test('headings have the anchors that GitHub gives them', () => {
  const page = '# One two\n## `code` and [link](x.md)!\n## Same\n## Same\n<a id="own"></a>\n';
  expect([...anchors(page)]).toEqual(['one-two', 'code-and-link', 'same', 'same-1', 'own']);
});
