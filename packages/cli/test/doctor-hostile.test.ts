import type { ServerResponse } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startFakeServer } from './doctor-fake-server.ts';
import { doctor, doctorProject, runDoctor } from './doctor-project.ts';

const TOKEN = 'tops3cret-token';
const COLLECTOR = ['--only', 'collector', '--skip', 'collector-queue', '--timeout', '1s'];

const head =
  (status: number, headers: Readonly<Record<string, string>> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, headers).end();
const otlp = { 'content-type': 'application/x-protobuf' };

test.each([
  ['wants a token', head(401), /answers 401$/, /OTEL_EXPORTER_OTLP_HEADERS/],
  [
    'redirects',
    head(302, { location: 'https://evil.example/steal?t=1' }),
    /302, a redirect to evil\.example, which is not followed$/,
    /./,
  ],
  [
    'is a web page',
    head(200, { 'content-type': 'text/html' }),
    /answers 200 as text\/html/,
    /Something else listens there/,
  ],
  ['is full', head(503), /answers 503$/, /The Collector is full/],
  ['never answers', () => {}, /no whole answer within 1 s$/, /./],
  [
    'tears the connection down',
    (response: ServerResponse) => void response.destroy(),
    /torn down/,
    /./,
  ],
  [
    'answers without end',
    (response: ServerResponse) => {
      response.writeHead(200, otlp);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    },
    /an answer of more than 65536 bytes$/,
    /./,
  ],
  [
    'drips',
    (response: ServerResponse) => {
      response.writeHead(200, otlp);
      const drip = setInterval(() => response.write('x'), 50);
      response.on('close', () => clearInterval(drip));
    },
    /no whole answer within 1 s$/,
    /./,
  ],
])('a Collector that %s is said, in time', async (_, behave, message, hint) => {
  const { url } = await startFakeServer(() => behave);
  const began = performance.now();
  const seen = await doctor(doctorProject(), COLLECTOR, {
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: url },
  });
  expect(performance.now() - began).toBeLessThan(4_000);
  expect(seen.ill).toEqual(['collector: fail', 'collector-accepts: skipped']);
  expect(seen.message('collector')).toMatch(message);
  expect(seen.checks[0]?.hint).toMatch(hint);
  expect(seen.code).toBe(1);
});

test('something that is no HTTP', async () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.end('SSH-2.0-OpenSSH_9.2\r\n');
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as { port: number };
  const seen = await doctor(doctorProject(), [
    ...COLLECTOR,
    '--collector',
    `http://127.0.0.1:${port}`,
  ]);
  expect(seen.message('collector')).toMatch(/something that is no HTTP \(HPE_/);
});

test('a partial success names the reason, without what steers a terminal', async () => {
  const reason = `no gauges here \u001b[2J\u0007${TOKEN}`;
  const { url } = await startFakeServer(() => ({
    json: { partialSuccess: { rejectedDataPoints: '1', errorMessage: reason } },
  }));
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${TOKEN}`,
  };
  const seen = await doctor(doctorProject(), COLLECTOR, { env });
  expect(seen.ill).toEqual(['collector-accepts: fail']);
  expect(seen.message('collector-accepts')).toBe(
    'It rejected the point: no gauges here  [2J [redacted]',
  );
});

test('a secret is not cut in two', async () => {
  const { url } = await startFakeServer(
    () => (response) => void response.writeHead(500).end(`${'x '.repeat(95)}${TOKEN} and more`),
  );
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${TOKEN}`,
  };
  const { out } = await runDoctor(doctorProject(), COLLECTOR, { env });
  expect(out).toContain('answers 500 "x x');
  expect(out).not.toContain(TOKEN.slice(0, 5));
});

test('no secret is printed, whoever repeats it', async () => {
  const seenHeaders: (string | undefined)[] = [];
  const { host } = await startFakeServer((_, request) => {
    const { authorization } = request.headers;
    seenHeaders.push(authorization);
    return (response) =>
      void response.writeHead(403).end(`${authorization} ${request.url} hunter22`);
  });
  const withPassword = `http://someone:hunter22@${host}`;
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://${host}`,
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${TOKEN}`,
    BELLWETHER_GRAFANA_TOKEN: 'graf4na-token',
  };
  const args = [
    '--prometheus',
    withPassword,
    '--alertmanager',
    withPassword,
    '--grafana',
    withPassword,
  ];
  for (const more of [[], ['--json']]) {
    const { code, out, err } = await runDoctor(
      doctorProject(),
      ['--skip', 'app', ...args, ...more],
      { env },
    );
    expect(code).toBe(1);
    expect(out).toContain(host);
    expect(`${out}${err}`).not.toMatch(/tops3cret|hunter22|graf4na|someone|c29tZW9uZTpodW50ZXIyMg/);
  }
  expect(seenHeaders).toContain(`Bearer ${TOKEN}`);
  expect(seenHeaders).toContain(`Basic ${Buffer.from('someone:hunter22').toString('base64')}`);
});

test('a Prometheus of nonsense is one failed row', async () => {
  for (const json of [null, 7, [], { status: 'success' }, { status: 'success', data: null }]) {
    const { url } = await startFakeServer(() => ({ json }));
    const seen = await doctor(doctorProject(), [
      '--prometheus',
      url,
      '--only',
      'prometheus,fleet,rules',
    ]);
    expect(seen.ill[0]).toBe('prometheus: fail');
    expect(seen.ill.slice(1).every((row) => row.endsWith(': skipped'))).toBe(true);
  }
});

test('one whose later answers have other shapes than promised makes no stack', async () => {
  for (const data of [{}, [], 7, { groups: 7, result: [{}], activeAlertmanagers: [{}] }]) {
    const { url } = await startFakeServer((path) =>
      path === '/api/v1/status/buildinfo'
        ? { json: { status: 'success', data: { version: '3.15.0' } } }
        : { json: { status: 'success', data } },
    );
    const args = ['--prometheus', url, '--timeout', '1s', '--skip', 'app,collector'];
    const { out, err } = await runDoctor(doctorProject(), args);
    expect(out).toMatch(/\d+ ok, /);
    expect(`${out}${err}`).not.toMatch(/^ +at |the check itself failed/m);
  }
});

test('an older Prometheus', async () => {
  const { url } = await startFakeServer(() => ({
    json: { status: 'success', data: { version: '2.53.0' } },
  }));
  const seen = await doctor(doctorProject(), ['--prometheus', url, '--only', 'prometheus']);
  expect(seen.message('prometheus')).toMatch(/is Prometheus 2\.53\.0$/);
});

test.each([
  [-7_200, 'fail', /is 7[12]\d\d s behind this machine/],
  [10, 'warn', /is \d+ s ahead of this machine/],
])('a server whose clock is %s s off is named', async (offset, status, message) => {
  const { url } = await startFakeServer(() => (response) => {
    const date = new Date(Date.now() + offset * 1_000).toUTCString();
    response.writeHead(200, { ...otlp, date }).end();
  });
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: url };
  const seen = await doctor(
    doctorProject(),
    ['--only', 'collector,clocks', '--skip', 'collector-queue'],
    { env },
  );
  expect(seen.ill).toEqual([`clock-skew: ${status}`]);
  expect(seen.message('clock-skew')).toMatch(message);
});

test.each([
  ['without a token', head(401), 'warn', /does not let us look .*\(401\)/],
  ['with no data source', { json: [] }, 'fail', /no data source of type Prometheus/],
  ['that is none', { json: { hello: 1 } }, 'fail', /answers 200/],
])('a Grafana %s', async (_, answer, status, message) => {
  const { url } = await startFakeServer(() => answer);
  const seen = await doctor(doctorProject(), ['--only', 'grafana', '--grafana', url]);
  expect(seen.ill).toEqual([`grafana: ${status}`]);
  expect(seen.message('grafana')).toMatch(message);
});

test('a data source that does not work', async () => {
  const { url } = await startFakeServer((path) =>
    path === '/api/datasources'
      ? { json: [{ name: 'Prometheus', type: 'prometheus', uid: '../x' }] }
      : (response) => void response.writeHead(500).end('{"message":"connection refused"}'),
  );
  const seen = await doctor(doctorProject(), ['--only', 'grafana', '--grafana', url]);
  expect(seen.ill).toEqual(['grafana: fail']);
  expect(seen.message('grafana')).toMatch(/data source Prometheus does not work: .*500/);
});

test('a full queue of metrics is not taken for the empty one of traces to the same exporter', async () => {
  const queue = (kind: string, size: number) => [
    `otelcol_exporter_queue_capacity{data_type="${kind}",exporter="otlp_http/gateway-0"} 1000`,
    `otelcol_exporter_queue_size{data_type="${kind}",exporter="otlp_http/gateway-0"} ${size}`,
  ];
  const page = [...queue('traces', 0), ...queue('metrics', 990), ''].join('\n');
  const { url } = await startFakeServer((path) => (response) => {
    if (path === '/metrics') response.writeHead(200, { 'content-type': 'text/plain' }).end(page);
    else response.writeHead(200, otlp).end();
  });
  const args = ['--collector', url, '--collector-metrics', `${url}/metrics`];
  const seen = await doctor(doctorProject(), [...args, '--only', 'collector-queue']);
  expect(seen.ill).toEqual(['collector-queue: fail']);
  expect(seen.message('collector-queue')).toMatch(/990 of 1000 items wait/);
});
