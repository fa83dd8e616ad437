import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { type Identity, type MonitoringOptions, monitoring } from '../../src/index.ts';

/** An app with the router under a path, whose users are named by a header: only a test may do that. */
export interface AdminApp {
  /** Origin and mount path, with a slash at the end. */
  readonly url: string;
  readonly origin: string;
  ask(path: string, as?: Identity | string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

export const superAdmin: Identity = { role: 'super-admin', user: 'ada@example.com' };
export const adminOf = (tenant: string): Identity => ({
  role: 'tenant-admin',
  user: `bob@${tenant}`,
  tenant,
});

type Given = Omit<MonitoringOptions, 'authorize'> & Partial<Pick<MonitoringOptions, 'authorize'>>;

export async function startAdminApp(
  options: Given,
  path = '/admin/monitoring',
  trustedProxies: string | false = false,
): Promise<AdminApp> {
  const app = express();
  app.set('trust proxy', trustedProxies);
  app.use(
    path,
    monitoring({
      authorize: (request) => JSON.parse(request.get('x-test-identity') ?? 'null'),
      ...options,
    }),
  );
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${origin}${path === '/' ? '' : path}/`;
  return {
    url,
    origin,
    ask: (relative, as, init = {}) =>
      fetch(url + relative, {
        redirect: 'manual',
        ...init,
        headers: {
          ...(as !== undefined && {
            'x-test-identity': typeof as === 'string' ? as : JSON.stringify(as),
          }),
          ...(init.headers as Record<string, string> | undefined),
        },
      }),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
