import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { grafanaSetting } from './grafana-ini.ts';

/** What the stand-in was asked, and by whom according to the token. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
  readonly user: string;
  readonly role: string;
}

export interface GrafanaStandIn {
  readonly url: string;
  readonly asked: Asked[];
  /** Why tokens were refused. */
  readonly refused: string[];
  /** Answers instead of the echo, after the token was checked. */
  answer: RequestListener | undefined;
  close(): Promise<void>;
}

/**
 * Not Grafana, which can not be had from a package registry: a server that believes a token exactly as Grafana's documentation says
 * that `auth.jwt` does with the settings of grafana/grafana.ini: in X-JWT-Assertion, signed by a key of the file, within exp, nbf
 * and iat, with the expected claims, and with a role, for `role_attribute_strict` denies everybody else.
 */
export async function startGrafanaStandIn(jwksFile: string): Promise<GrafanaStandIn> {
  const keys = createLocalJWKSet(JSON.parse(readFileSync(jwksFile, 'utf8')));
  const header = `${grafanaSetting('auth.jwt', 'header_name')}`.toLowerCase();
  const roleClaim = `${grafanaSetting('auth.jwt', 'role_attribute_path')}`;
  const expected = JSON.parse(`${grafanaSetting('auth.jwt', 'expect_claims')}`);
  const standIn = { asked: [] as Asked[], refused: [] as string[] } as GrafanaStandIn;
  const server = createServer(async (request, response) => {
    try {
      const { payload } = await jwtVerify(`${request.headers[header]}`, keys, {
        issuer: expected.iss,
        audience: expected.aud,
        requiredClaims: ['exp', 'nbf', 'iat', 'sub'],
      });
      if (!['Viewer', 'Editor', 'Admin'].includes(`${payload[roleClaim]}`))
        throw new Error('no role');
      standIn.asked.push({
        method: `${request.method}`,
        url: `${request.url}`,
        headers: request.headers,
        rawHeaders: request.rawHeaders,
        body: (await buffer(request)).toString(),
        user: `${payload.sub}`,
        role: `${payload[roleClaim]}`,
      });
    } catch (error) {
      standIn.refused.push(String(error));
      response.writeHead(401).end('Invalid JWT');
      return;
    }
    if (standIn.answer !== undefined) standIn.answer(request, response);
    else response.setHeader('content-type', 'text/plain').end('Grafana');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(standIn, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
