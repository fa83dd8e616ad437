import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import {
  type OtlpReceiver,
  type Program,
  pollUntil,
  runProgram,
  startOtlpReceiver,
} from '@bellwether/testkit';
import { fuzz, hostileText, hostileTexts } from '@bellwether/testkit/fuzz';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostileAnswers, startHostileServer } from './hostile-server.ts';
import { runWithSdk } from './run-with-sdk.ts';

interface Served {
  readonly program: Program;
  readonly port: number;
}
let receiver: OtlpReceiver;
let bare: Served;
let measured: Served;

async function served(program: Program): Promise<Served> {
  const [, port] = await program.waitForLine(/port (\d+)/);
  return { program, port: Number(port) };
}

beforeAll(async () => {
  receiver = await startOtlpReceiver();
  const timeoutMs = 86_400_000;
  const nodeArgs = ['--expose-gc'];
  const file = 'hostile-http.mjs';
  bare = await served(
    runProgram({
      file: fileURLToPath(new URL(`programs/${file}`, import.meta.url)),
      timeoutMs,
      nodeArgs,
    }),
  );
  measured = await served(
    runWithSdk(receiver, {
      ...{ file, timeoutMs, nodeArgs },
      env: {
        OTEL_METRIC_EXPORT_INTERVAL: '2000',
        BELLWETHER_BAGGAGE_HOSTS: '127.0.0.1',
        BELLWETHER_COUNTRY_HEADER: 'x-country',
      },
    }),
  );
});
afterAll(async () => {
  await Promise.all([bare?.program.stop(), measured?.program.stop(), receiver?.close()]);
});

/** What comes back for these bytes, without what differs from moment to moment; undefined when the connection was reset. */
function answerOf({ port }: Served, bytes: string): Promise<string | undefined> {
  const socket = connect(port, '127.0.0.1');
  let answer: string | undefined = '';
  socket.setEncoding('latin1').on('data', (text) => {
    answer = `${answer}${text}`;
  });
  socket.setTimeout(3_000, () => socket.destroy());
  socket.on('error', () => {
    answer = undefined;
  });
  socket.end(Buffer.from(bytes, 'latin1'));
  return new Promise((resolve) => {
    socket.on('close', () => resolve(answer?.replaceAll(/^date: .*$/gim, '')));
  });
}

const text = hostileText().map((each) => Buffer.from(each).toString('latin1'));
const name = fc.oneof(
  text,
  fc.constantFrom(
    ...[
      'traceparent',
      'tracestate',
      'baggage',
      'host',
      'x-forwarded-for',
      'forwarded',
      'user-agent',
    ],
    ...[
      'x-forwarded-host',
      'x-country',
      'content-length',
      'transfer-encoding',
      'expect',
      'upgrade',
      '__proto__',
    ],
  ),
);
const request = fc
  .record({
    method: fc.oneof(
      text,
      fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS', 'QUERY', 'get', 'PROPFIND'),
    ),
    target: fc.oneof(
      text,
      text.map((each) => `/${encodeURI(each.toWellFormed())}`),
      fc.webUrl(),
      fc.constantFrom('*', '//', '/?', '/?sig=s3cret', 'http://user:s3cret@h/'),
    ),
    version: fc.constantFrom('1.1', '1.1', '1.1', '1.0', '2.0', '9.9'),
    headers: fc.array(fc.tuple(name, text), { maxLength: 6 }),
    body: fc.option(text, { nil: '' }),
  })
  .map(({ method, target, version, headers, body }) => {
    const lines = [`${method} ${target} HTTP/${version}`, 'Host: x', 'Connection: close'];
    for (const [key, value] of headers) lines.push(`${key}: ${value.replaceAll(/[\r\n]/g, '')}`);
    return `${lines.join('\r\n')}\r\n\r\n${body}`;
  });

fuzz(
  'a request of whatever is answered as the bare server answers it',
  fc.oneof({ weight: 4, arbitrary: request }, text),
  async (bytes) => {
    const [expected, got] = await Promise.all([answerOf(bare, bytes), answerOf(measured, bytes)]);
    // A server that closes before it has read all resets: what it said is then a matter of luck.
    if (expected !== undefined && got !== undefined) expect(got).toBe(expected);
  },
  {
    runs: 150,
    slowestMs: 10_000,
    corpus: [
      ...hostileTexts.map(
        (value) =>
          `GET / HTTP/1.1\r\nHost: ${value}\r\nbaggage: tenant.id=${value}\r\nx-country: ${value}\r\n\r\n`,
      ),
      'GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: y\r\n\r\n',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx',
      `GET /${'a'.repeat(15_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: x\r\n${'a: b\r\n'.repeat(1_500)}\r\n`,
      'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n',
    ],
  },
);

test('thousands of requests of whatever make a few series, and leave the heap as it was', async () => {
  const send = async (seed: number) => {
    for (const bytes of fc.sample(request, { numRuns: 250, seed }))
      await Promise.all([answerOf(bare, bytes), answerOf(measured, bytes)]);
  };
  const heap = async ({ port }: Served) =>
    Number(await (await fetch(`http://127.0.0.1:${port}/heap`)).text()) / 1_048_576;
  await send(1);
  const before = await heap(measured);
  await Promise.all([2, 3, 4, 5].map(send));
  expect((await heap(measured)) - before).toBeLessThan(16);
  const points = await pollUntil(() => {
    const all = receiver.points('http.server.request.duration');
    return all.length > 0 && all;
  });
  const series = new Set(points.map(({ attributes }) => JSON.stringify(attributes)));
  expect(series.size).toBeLessThan(60);
  const tenants = points.map(({ attributes }) => String(attributes['tenant.id'] ?? ''));
  for (const tenant of tenants) expect(tenant).toMatch(/^[\w.-]{0,64}$/);
});

test.concurrent.for(Object.entries(hostileAnswers))(
  'a call that is answered by %s ends as without us',
  async ([, { answer }], { expect, onTestFinished }) => {
    const server = await startHostileServer(answer);
    onTestFinished(server.close);
    for (const way of ['http', 'fetch']) {
      const call = async ({ port }: Served) => {
        const url = `http://127.0.0.1:${port}/call?way=${way}&url=${encodeURIComponent(`${server.url}/x`)}`;
        return (await fetch(url)).text();
      };
      let both: readonly string[] = [];
      // Which of the two is late on a busy machine is a matter of luck, and not three times.
      for (let attempt = 1; attempt <= 3 && (attempt === 1 || both[0] !== both[1]); attempt++)
        both = (await Promise.all([call(bare), call(measured)])).map((end) =>
          /Timeout|Abort/.test(end) ? 'late' : end,
        );
      const [expected, got] = both;
      expect(got).toBe(expected);
    }
  },
);

test('nothing was said of it all', () => {
  // A machine that is very busy is a Collector that is slow.
  const said = measured.program.stderr
    .split('\n')
    .filter((line) => !/Collector is slow|no answer/.test(line));
  expect(said.join('')).toBe('');
  expect(bare.program.stderr).toBe('');
});
