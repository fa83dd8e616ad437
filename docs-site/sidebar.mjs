import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Guides by what people come for, as docs/README.md orders them. One that is in no row stands under "More". */
const GUIDES = {
  Start: ['getting-started', 'concepts', 'proofs'],
  'Measure your app': [
    'sdk',
    'cookbook',
    'meters',
    'tenants',
    'tenant-between-services',
    'logs',
    'lifecycle',
    'security',
  ],
  'Watch and be told': ['monitoring-as-code', 'dashboards', 'grafana', 'alerting', 'notifications'],
  'Inside your app': ['admin', 'admin-page'],
  'Run it': [
    'stack',
    'compose',
    'kubernetes',
    'operations',
    'doctor',
    'backup',
    'upgrade',
    'sizing',
    'scaling',
  ],
  'Come from something else': ['from-prom-client', 'coming-from'],
  'A whole app': ['shop', 'services'],
  'What it withstands': ['chaos', 'soak', 'hostile-input', 'attacks'],
};

/** The sidebar of the site, from the pages that are there. */
export function sidebar(content) {
  const title = (file) => /^# (.+)$/m.exec(readFileSync(join(content, file), 'utf8'))?.[1] ?? file;
  const page = (path) => ({ text: title(`${path}.md`).replaceAll('`', ''), link: `/${path}` });
  const pagesOf = (folder) =>
    readdirSync(join(content, folder))
      .filter((name) => name.endsWith('.md') && name !== 'index.md')
      .sort()
      .map((name) => page(`${folder}/${name.slice(0, -3)}`));
  const there = pagesOf('guides').map(({ link }) => link.slice('/guides/'.length));
  const named = Object.values(GUIDES).flat();
  const groups = { ...GUIDES, More: there.filter((name) => !named.includes(name)) };
  const about = [
    { text: 'All pages', link: '/overview' },
    page('comparison'),
    page('benchmarks'),
    page('dictionary'),
  ];
  const group = (text, items, collapsed = true) => ({ text, items, collapsed });
  return [
    ...Object.entries(groups)
      .map(([text, names]) =>
        group(
          text,
          [
            ...names.filter((name) => there.includes(name)).map((name) => page(`guides/${name}`)),
            ...(text === 'Start' ? about : []),
          ],
          text !== 'Start',
        ),
      )
      .filter(({ items }) => items.length > 0),
    group('Reference', [...pagesOf('reference'), { text: 'API', link: '/api/' }], true),
    group('Runbooks', pagesOf('runbooks')),
    group('Decisions', pagesOf('decisions')),
    group('The project', pagesOf('project')),
  ];
}
