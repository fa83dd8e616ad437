import { expect, test } from 'vitest';
import { snippetProblems } from './support/check-snippets.ts';
import { docPages } from './support/doc-pages.ts';

test('every snippet of TypeScript and JavaScript is right by its types', () => {
  expect(snippetProblems(docPages)).toEqual([]);
});

test('a snippet that is wrong would be found, with its place', () => {
  const page = (path: string, code: string) => ({
    path,
    markdown: `# X\n\n\`\`\`ts\n${code}\n\`\`\`\n`,
  });
  const problems = snippetProblems([
    page('docs/right.md', "setTenant('acme');"),
    page('docs/wrong.md', 'setTenant(1);'),
    page('docs/unknown.md', "setTennant('acme');"),
  ]);
  expect(problems).toEqual([
    expect.stringMatching(/^docs\/wrong\.md:4 /),
    expect.stringMatching(/^docs\/unknown\.md:4 /),
  ]);
});
