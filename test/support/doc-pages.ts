import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, trackedFiles } from './repository.ts';
import { type Snippet, snippetsOf } from './snippets.ts';

export interface Page {
  readonly path: string;
  readonly markdown: string;
}
export interface PageSnippet extends Snippet {
  readonly page: string;
}

/** Pages that people follow: README.md, docs/ without decisions, runbooks and upstream, and the READMEs of packages and examples. */
export const docPages: readonly Page[] = trackedFiles()
  .filter((file) => /^(README\.md|docs\/.*\.md|(packages|examples)\/[^/]+\/README\.md)$/.test(file))
  .filter((file) => !/^docs\/(decisions|runbooks|upstream)\//.test(file))
  .map((path) => ({ path, markdown: readFileSync(join(root, path), 'utf8') }));

/** Their blocks of code in these languages, in order. */
export function docSnippets(language: RegExp, pages = docPages): readonly PageSnippet[] {
  return pages.flatMap(({ path, markdown }) =>
    snippetsOf(markdown)
      .filter((snippet) => language.test(snippet.language))
      .map((snippet) => ({ ...snippet, page: path })),
  );
}
