import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Guides by what people come for. One that is in no row stands under "More". */
const GUIDES = {
  'Measure your app': ['sdk', 'meters', 'tenant-between-services', 'lifecycle', 'security'],
  'Run the servers': ['stack', 'compose', 'kubernetes', 'operations', 'doctor'],
  'Watch and be told': ['dashboards', 'grafana', 'monitoring-as-code', 'alerting', 'notifications'],
  'Inside your app': ['admin', 'admin-page', 'shop'],
  'What it withstands': ['chaos', 'soak', 'hostile-input'],
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
  const group = (text, items, collapsed = true) => ({ text, items, collapsed });
  return [
    group(
      'Start',
      [{ text: 'What to read', link: '/' }, page('comparison'), page('dictionary')],
      false,
    ),
    ...Object.entries(groups)
      .map(([text, names]) =>
        group(
          text,
          names.filter((name) => there.includes(name)).map((name) => page(`guides/${name}`)),
          false,
        ),
      )
      .filter(({ items }) => items.length > 0),
    group(
      'Reference',
      [...pagesOf('reference'), page('benchmarks'), { text: 'API', link: '/api/' }],
      false,
    ),
    group('Runbooks', pagesOf('runbooks')),
    group('Decisions', pagesOf('decisions')),
    group('The project', pagesOf('project')),
  ];
}
