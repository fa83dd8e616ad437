import { expect, test } from 'vitest';
import { buildDashboards } from '../src/dashboards/all-dashboards.ts';
import { healthWeights } from '../src/queries/tenants-queries.ts';
import { resolveSpec } from '../src/resolve-spec.ts';
import { panelsOf } from './dashboard-lint/dashboard-json.ts';
import { exampleDashboards, specs } from './dashboard-lint/example-dashboards.ts';

const { dashboards } = exampleDashboards('classic');

function board(uid: string) {
  const found = dashboards.find((dashboard) => dashboard.uid === uid);
  if (found === undefined) throw new Error(`Expected a dashboard ${uid}, got none`);
  return found;
}

/** Addresses in a dashboard that lead to another one and set a variable of it. */
const linksFrom = (uid: string, to: string, variable: string) =>
  JSON.stringify(panelsOf(board(uid)))
    .split(`/d/${to}?`)
    .slice(1)
    .filter((rest) => rest.split('"')[0]?.includes(`var-${variable}=`));

/** How a query begins that weighs the parts of the score. */
const WEIGHED = `${healthWeights.availability} * ((clamp(`;
const SERVICES = 'datasource environment job instance';

// A uid stands in bookmarks, in links of alerts and in pages of other teams: it outlives titles and folders.
test.each([
  ['overview', 'bellwether-executive', `${SERVICES} tenant`],
  ['overview', 'bellwether-application', `${SERVICES} tenant`],
  ['overview', 'bellwether-services', `${SERVICES} tenant`],
  ['overview', 'bellwether-year', 'datasource environment job tenant'],
  ['overview', 'bellwether-baselines', 'datasource environment job tenant'],
  ['overview', 'bellwether-environments', 'datasource environment job'],
  ['services', 'bellwether-api', `${SERVICES} tenant`],
  ['services', 'bellwether-http', `${SERVICES} tenant route`],
  ['services', 'bellwether-tenant', `${SERVICES} tenant`],
  ['services', 'bellwether-releases', 'datasource environment job'],
  ['services', 'bellwether-gateway', `${SERVICES} tenant`],
  ['services', 'bellwether-jobs', `${SERVICES} tenant`],
  ['services', 'bellwether-messages', `${SERVICES} tenant`],
  ['services', 'bellwether-slo', 'datasource environment job tenant slo'],
  ['business', 'bellwether-business', `${SERVICES} tenant`],
  ['business', 'bellwether-ecommerce', `${SERVICES} tenant`],
  ['infrastructure', 'bellwether-database', `${SERVICES} tenant`],
  ['infrastructure', 'bellwether-mysql', 'datasource job instance'],
  ['infrastructure', 'bellwether-cache', `${SERVICES} tenant`],
  ['infrastructure', 'bellwether-node', SERVICES],
  ['infrastructure', 'bellwether-system', 'datasource job instance'],
  ['infrastructure', 'bellwether-pipeline', SERVICES],
  ['infrastructure', 'bellwether-capacity', SERVICES],
  ['infrastructure', 'bellwether-containers', 'datasource job instance'],
])('in %s: %s, chosen by %s', (folder, uid, variables) => {
  expect(
    board(uid)
      .templating.list?.map(({ name }) => name)
      .join(' '),
  ).toBe(variables);
  const built = buildDashboards(resolveSpec(specs.classic));
  expect(built.find(({ dashboard }) => dashboard.uid === uid)?.folder).toBe(folder);
  expect(built).toHaveLength(24);
});

test('a click leads from the service to its routes, to one route, to one tenant', () => {
  expect(linksFrom('bellwether-services', 'bellwether-application', 'job')).not.toEqual([]);
  expect(board('bellwether-application').links?.map(({ url }) => url)).toContain(
    '/d/bellwether-api',
  );
  expect(linksFrom('bellwether-api', 'bellwether-http', 'route')).not.toEqual([]);
  expect(linksFrom('bellwether-http', 'bellwether-tenant', 'tenant')).not.toEqual([]);
  expect(linksFrom('bellwether-tenant', 'bellwether-http', 'tenant')).not.toEqual([]);
});

test.each(['classic', 'native'] as const)('the spread of latency, %s, is a heatmap', (flavour) => {
  const http = exampleDashboards(flavour).dashboards.find(({ uid }) => uid === 'bellwether-http');
  const maps = http === undefined ? [] : panelsOf(http).filter(({ type }) => type === 'heatmap');
  expect(maps.map(({ targets }) => targets[0]?.expr.includes('_bucket'))).toEqual([
    flavour === 'classic',
  ]);
});

test('wherever the health of tenants is shown stands its formula', () => {
  const showing = dashboards
    .flatMap(panelsOf)
    .filter(({ targets }) => targets.some(({ expr }) => expr.includes(WEIGHED)));
  expect(showing.length).toBeGreaterThanOrEqual(4);
  for (const { title, description } of showing)
    for (const [part, weight] of Object.entries(healthWeights))
      expect(description, title).toContain(`${weight} x ${part}`);
});
