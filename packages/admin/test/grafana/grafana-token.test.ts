import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGrafanaKey, readGrafanaKey } from '../../src/grafana/grafana-key.ts';
import { type GrafanaClaims, signGrafanaToken } from '../../src/grafana/sign-grafana-token.ts';
import { type GrafanaStandIn, startGrafanaStandIn } from './grafana-stand-in.ts';

const folder = mkdtempSync(join(tmpdir(), 'grafana-key-'));
const files = createGrafanaKey(folder);
let grafana: GrafanaStandIn;

beforeAll(async () => {
  grafana = await startGrafanaStandIn(files.jwksFile);
});
afterAll(async () => {
  await grafana?.close();
  rmSync(folder, { recursive: true });
});

describe('the stand-in refuses what Grafana would refuse', () => {
  const now = Math.floor(Date.now() / 1_000);
  const good = {
    user: 'ada',
    issuer: 'bellwether',
    audience: 'grafana',
    lifetime: 60,
    now,
  } as const;
  const signed = (claims: object, key = readGrafanaKey(files.privateKeyFile)) =>
    signGrafanaToken(key, { ...good, role: 'Viewer', ...claims } as GrafanaClaims);
  const parts = () => signed({}).split('.') as [string, string, string];
  const elsewhere = mkdtempSync(join(tmpdir(), 'grafana-key-'));
  afterAll(() => rmSync(elsewhere, { recursive: true }));
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  test.each([
    ['no token', () => ''],
    ['one that has expired', () => signed({ now: now - 3_600 })],
    ['one from the future', () => signed({ now: now + 3_600 })],
    ['another issuer', () => signed({ issuer: 'evil' })],
    ['another audience', () => signed({ audience: 'prometheus' })],
    ['a role that is none', () => signed({ role: 'GrafanaAdmin' })],
    ['no role', () => signed({ role: undefined })],
    ['another key', () => signed({}, readGrafanaKey(createGrafanaKey(elsewhere).privateKeyFile))],
    ['alg none', () => `${encode({ alg: 'none' })}.${parts()[1]}.`],
    ['a changed claim', () => `${parts()[0]}.${encode({ sub: 'admin' })}.${parts()[2]}`],
  ])('%s', async (_what, token) => {
    const answer = await fetch(grafana.url, { headers: { 'x-jwt-assertion': token() } });
    expect(answer.status).toBe(401);
  });

  test('and takes what the proxy sends', async () => {
    const answer = await fetch(grafana.url, { headers: { 'x-jwt-assertion': signed({}) } });
    expect(answer.status).toBe(200);
  });
});

describe('the key', () => {
  test('the private half is for its owner, the public file has none of it', () => {
    expect(statSync(files.privateKeyFile).mode & 0o777).toBe(0o600);
    const [jwk] = JSON.parse(readFileSync(files.jwksFile, 'utf8')).keys;
    expect(Object.keys(jwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  });

  test('making it again keeps it, and another text is refused without being quoted', () => {
    const before = readFileSync(files.privateKeyFile, 'utf8');
    createGrafanaKey(folder);
    expect(readFileSync(files.privateKeyFile, 'utf8')).toBe(before);
    expect(() => readGrafanaKey(files.jwksFile)).toThrow(/ERR_GRAFANA_KEY/);
    expect(() => readGrafanaKey(files.jwksFile)).not.toThrow(/kty/);
  });
});
