import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '@bellwether/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { bellwether, userProject } from './user-project.ts';

const paid = { metric: { tenant_id: 'acme', status: 'paid' }, value: [0, '12'] };
const nothing: readonly object[] = [];

/** A Prometheus that gives these answers to the questions it gets, the last one again and again. */
async function prometheus(...answers: readonly (readonly object[] | number)[]): Promise<string> {
  let asked = 0;
  const server = createServer((_request, response) => {
    const answer = answers[Math.min(asked, answers.length - 1)] ?? nothing;
    asked += 1;
    if (typeof answer === 'number')
      return void response.writeHead(answer).end('{"status":"error","error":"parse error"}');
    response.end(
      JSON.stringify({ status: 'success', data: { resultType: 'vector', result: answer } }),
    );
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const query = async (url: string, ...args: readonly string[]) =>
  bellwether(userProject({}), 'query', 'shop_orders_total', '--prometheus', url, ...args);

test('an answer is a table, or JSON', async () => {
  const url = await prometheus([paid]);
  expect(await query(url)).toMatchObject({
    code: 0,
    out: 'status  tenant_id  value\npaid    acme       12\n',
  });
  const { out } = await query(url, '--json');
  expect(JSON.parse(out)).toEqual([{ labels: paid.metric, value: 12 }]);
});

test('nothing is exit code 1, and said', async () => {
  const url = await prometheus(nothing);
  expect(await query(url)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('matches shop_orders_total'),
  });
});

test('--wait asks until there is an answer', async () => {
  const url = await prometheus(nothing, nothing, [paid]);
  expect(await query(url, '--wait', '60s')).toMatchObject({ code: 0 });
});

test('what Prometheus refuses is not asked again', async () => {
  const url = await prometheus(400, [paid]);
  expect(await query(url, '--wait', '60s')).toMatchObject({
    code: 1,
    err: expect.stringContaining('ERR_PROMETHEUS_ANSWER'),
  });
});

test('a Prometheus that is away, and a wrong option', async () => {
  const away = `http://127.0.0.1:${await freePort()}`;
  expect(await query(away)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/ECONNREFUSED.*ERR_PROMETHEUS_UNREACHABLE/s),
  });
  expect(await query(away, '--wait', 'soon')).toMatchObject({ code: 2 });
});

test('an address with a path is asked below that path', async () => {
  const paths: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url);
    response.end(
      JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [paid] } }),
    );
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await query(`http://127.0.0.1:${port}/prometheus/`)).toMatchObject({ code: 0 });
  expect(paths).toEqual(['/prometheus/api/v1/query']);
});

test('a password in the address is refused and not shown', async () => {
  const { code, out, err } = await query('http://user:s3cret@127.0.0.1:9090');
  expect(code).toBe(2);
  expect(err).toContain('got one with a user or a password in it');
  expect(out + err).not.toContain('s3cret');
});
