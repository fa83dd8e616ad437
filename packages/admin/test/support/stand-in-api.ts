import { once } from 'node:events';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { madeUpAlerts, madeUpAudit, madeUpTenants } from './made-up-people.ts';
import {
  heatmapBounds,
  type MadeUpPanel,
  madeUpBucket,
  madeUpLabels,
  madeUpValue,
} from './made-up-series.ts';

/** What the stand-in does wrong, or has much of. Tests change it while it runs. */
export interface StandInState {
  role: 'super-admin' | 'tenant-admin';
  /** Status of every question about numbers; 200 answers. */
  status: number;
  /** Live streams that a proxy answers with 502, for there is no application behind it. */
  refusedStreams: number;
  /** Seconds that its clock is ahead. */
  skewSeconds: number;
  /** Seconds before now at which its numbers end. */
  staleSeconds: number;
  isEmpty: boolean;
  tenants: number;
  /** Answers about numbers wait for it. */
  held: Promise<void> | undefined;
}

export interface StandIn {
  readonly url: string;
  readonly state: StandInState;
  /** Bodies of what was posted. */
  readonly posted: unknown[];
  stop(): Promise<void>;
}

interface Catalog {
  readonly queries: Record<string, { title: string; description: string; unit: string }>;
  readonly views: readonly { id: string; panels: readonly MadeUpPanel[] }[];
}

const folder = fileURLToPath(new URL('../../', import.meta.url));
const kinds: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * The page's server with made-up numbers, for states that a real one is hard to bring into: thousands of tenants, a wrong clock,
 * numbers that ended. The same answers and headers; test/page-with-its-server.test.ts has the real one.
 */
export async function startStandIn(given: Partial<StandInState> = {}): Promise<StandIn> {
  const state: StandInState = {
    role: 'super-admin',
    status: 200,
    refusedStreams: 0,
    skewSeconds: 0,
    staleSeconds: 0,
    isEmpty: false,
    tenants: 24,
    held: undefined,
    ...given,
  };
  const posted: unknown[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const path = url.pathname.replace(/^\/admin\/monitoring\//, '');
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    if (!path.startsWith('api/')) return sendFile(path || 'index.html', response);
    response.setHeader('Date', new Date(Date.now() + state.skewSeconds * 1000).toUTCString());
    if (request.method === 'POST') {
      const chunks = await request.toArray();
      posted.push(JSON.parse(Buffer.concat(chunks).toString()));
      return send(response, { id: 'silence-2' }, 201);
    }
    const views = shownViews(state);
    const [, kind = '', name = ''] = path.split('/');
    if (kind === 'live') {
      if (state.refusedStreams === 0) return live(response, state, views);
      state.refusedStreams -= 1;
      response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad Gateway</h1>');
      return;
    }
    if (kind === 'range' || kind === 'instant') {
      await state.held;
      if (state.status !== 200) return send(response, problem(), state.status);
    }
    send(response, answerOf(kind, decodeURIComponent(name), url.searchParams, state, views));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/admin/monitoring/`,
    state,
    posted,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const problem = () => ({
  error: {
    code: 'ERR_ADMIN_PROMETHEUS_DOWN',
    message: 'Prometheus does not answer.',
    hint: 'Your app goes on without it; figures come back when Prometheus does.',
  },
});

type Views = ReturnType<typeof shownViews>;

function shownViews({ role }: StandInState) {
  const file = join(folder, 'src/catalog/default-catalog.json');
  const { queries, views } = JSON.parse(readFileSync(file, 'utf8')) as Catalog;
  return views
    .filter(({ id }) => role === 'super-admin' || !['tenants', 'pipeline'].includes(id))
    .map((view) => ({
      ...view,
      panels: view.panels.map((panel) => ({ ...queries[panel.query], ...panel }) as MadeUpPanel),
    }));
}

function answerOf(
  kind: string,
  name: string,
  asked: URLSearchParams,
  state: StandInState,
  views: Views,
): unknown {
  const panel = views.flatMap(({ panels }) => panels).find(({ query }) => query === name);
  const number = (parameter: string, fallback: number) => Number(asked.get(parameter) ?? fallback);
  if (kind === 'session')
    return {
      user: state.role === 'super-admin' ? 'ada@example.com' : 'bob@acme.example',
      role: state.role,
      tenant: state.role === 'super-admin' ? null : 'acme',
      environments: ['production', 'staging'],
      alerts: true,
      // A page that refreshes itself might do so between any two lines of a test.
      refreshSeconds: 3_600,
      maxSilenceMinutes: 720,
      grafana: state.role === 'super-admin' ? { url: '/grafana/', boards: {} } : null,
      csrfHeader: 'x-bellwether-admin',
      time: Date.now() / 1000 + state.skewSeconds,
    };
  if (kind === 'views') return { views };
  if (kind === 'tenants') return madeUpTenants(state.tenants, asked);
  if (kind === 'alerts') return state.isEmpty ? { alerts: [], silences: [] } : madeUpAlerts();
  if (kind === 'audit') return { entries: madeUpAudit() };
  const [from, to, step] = [number('from', 0), number('to', 0), number('step', 15)];
  const head = {
    query: name,
    unit: panel?.unit ?? '1',
    tenant: asked.get('tenant'),
    truncated: false,
    warnings: [],
  };
  if (panel === undefined || state.isEmpty)
    return { ...head, from, to, step, time: to, series: [], rows: [] };
  if (kind === 'instant')
    return {
      ...head,
      time: to,
      rows: madeUpLabels(panel).map((labels, index) => ({
        labels,
        value: madeUpValue(panel, index, to),
      })),
    };
  const times: number[] = [];
  for (let time = from; time <= to - state.staleSeconds; time += step) times.push(time);
  const series =
    panel.kind === 'heatmap'
      ? heatmapBounds.map((bound) => ({
          labels: { le: String(bound) },
          points: times.map((time) => [time, madeUpBucket(bound, time)]),
        }))
      : madeUpLabels(panel).map((labels, index) => ({
          labels,
          points: times.map((time) => [time, madeUpValue(panel, index, time)]),
        }));
  return { ...head, from, to, step, series };
}

function live(response: ServerResponse, { status }: StandInState, views: Views): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  const panels = views.find(({ id }) => id === 'live')?.panels ?? [];
  const tell = () => {
    const time = Date.now() / 1000;
    const figures = panels.map((panel) => ({
      id: panel.id,
      title: (panel as { title?: string }).title ?? panel.id,
      unit: panel.unit,
      value: madeUpValue(panel, 0, Date.now() / 50),
    }));
    response.write(
      status === 200
        ? `event: figures\ndata: ${JSON.stringify({ time, figures })}\n\n`
        : `event: problem\ndata: ${JSON.stringify(problem())}\n\n`,
    );
  };
  tell();
  const timer = setInterval(tell, 100);
  response.on('close', () => clearInterval(timer));
}

function send(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function sendFile(path: string, response: ServerResponse): void {
  const file = join(folder, 'dist/page', path);
  if (path.includes('..') || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': kinds[extname(file)] ?? 'text/plain' });
  createReadStream(file).pipe(response);
}
