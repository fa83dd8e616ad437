import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { promql } from '../promql.mjs';
import { sidebar } from '../sidebar.mjs';
import { slug } from '../slug.mjs';

/** What assemble.mjs has laid out. */
const content = fileURLToPath(new URL('../.content', import.meta.url));

export default defineConfig({
  title: 'Bellwether',
  description:
    'OpenTelemetry for multi-tenant Node.js services, with the monitoring stack around it',
  lang: 'en',
  srcDir: content,
  outDir: fileURLToPath(new URL('../dist', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../.cache', import.meta.url)),
  base: process.env.BELLWETHER_DOCS_BASE ?? '/',
  cleanUrls: false,
  lastUpdated: false,
  // Runbooks lead to a Grafana on the reader's machine.
  ignoreDeadLinks: 'localhostLinks',
  markdown: {
    languages: [promql],
    // Links are those that GitHub shows, so anchors have to be the same.
    anchor: { slugify: slug },
    // Pages become templates of Vue, for which two braces in a sentence would be code.
    config: ({ renderer, utils }) => {
      const plain = (text) => utils.escapeHtml(text).replaceAll('{{', '&#123;&#123;');
      renderer.rules.text = (tokens, index) => plain(tokens[index].content);
      renderer.rules.code_inline = (tokens, index) =>
        `<code v-pre>${plain(tokens[index].content)}</code>`;
      // ```js fragment: the page shows a part of a program. See docs-site/.vitepress/theme/style.css.
      const fence = renderer.rules.fence;
      renderer.rules.fence = (tokens, index, ...rest) => {
        const block = fence(tokens, index, ...rest);
        const isFragment = /^\w+ fragment$/.test(tokens[index].info.trim());
        return isFragment ? `<div class="fragment">${block}</div>` : block;
      };
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Get started', link: '/guides/getting-started' },
      { text: 'Docs', link: '/overview' },
      { text: 'Reference', link: '/reference/configuration' },
      { text: 'API', link: '/api/' },
      { text: 'Runbooks', link: '/runbooks/' },
      { text: 'Comparison', link: '/comparison' },
    ],
    sidebar: sidebar(content),
  },
});
