import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
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
    // Links are those that GitHub shows, so anchors have to be the same.
    anchor: { slugify: slug },
    // Pages become templates of Vue, for which two braces in a sentence would be code.
    config: ({ renderer, utils }) => {
      const plain = (text) => utils.escapeHtml(text).replaceAll('{{', '&#123;&#123;');
      renderer.rules.text = (tokens, index) => plain(tokens[index].content);
      renderer.rules.code_inline = (tokens, index) =>
        `<code v-pre>${plain(tokens[index].content)}</code>`;
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guides', link: '/guides/sdk' },
      { text: 'Reference', link: '/reference/configuration' },
      { text: 'API', link: '/api/' },
      { text: 'Runbooks', link: '/runbooks/' },
      { text: 'Comparison', link: '/comparison' },
    ],
    sidebar: sidebar(content),
  },
});
