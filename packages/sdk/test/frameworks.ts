/** A server framework, and what the program that tries it must see. */
export interface Framework {
  readonly name: string;
  /** Which versions it stands for. */
  readonly versions: string;
  readonly file: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Of the two requests of `/shop/users/:id`. */
  readonly route: string | undefined;
  /** Whether the request that threw has it too. */
  readonly routeOfErrors: boolean;
  /** Spans between that of the server and the application's own. */
  readonly layers: boolean;
  /** Who sees the route. */
  readonly by: string;
}

const users = '/shop/users/:id';
const native = (name: string, versions: string, library: string): Framework => ({
  name,
  versions,
  file: `framework-${name.toLowerCase()}.mjs`,
  env: { FRAMEWORK: library },
  route: users,
  routeOfErrors: true,
  layers: false,
  by: 'ours',
});

const nest = (major: string, platform: string, layers: boolean): Framework => ({
  name: `NestJS on ${platform}`,
  versions: major,
  file: 'framework-nest.mjs',
  env: { FRAMEWORK: platform.toLowerCase() },
  route: users,
  routeOfErrors: true,
  layers,
  by: layers ? "ours; layers by OpenTelemetry's instrumentation of NestJS" : 'ours',
});

export const frameworks: readonly Framework[] = [
  native('Express', '4', 'express4'),
  native('Express', '5', 'express'),
  native('Fastify', '4', 'fastify4'),
  native('Fastify', '5', 'fastify'),
  nest('12', 'Express', false),
  nest('12', 'Fastify', false),
  {
    name: 'Koa with @koa/router',
    versions: 'Koa 3, router 15',
    file: 'framework-koa.mjs',
    route: users,
    routeOfErrors: true,
    layers: true,
    by: "OpenTelemetry's instrumentation of Koa",
  },
  {
    name: 'Hono with @hono/node-server',
    versions: 'Hono 4, server 2',
    file: 'framework-hono.mjs',
    route: undefined,
    routeOfErrors: false,
    layers: false,
    by: 'nobody: Hono tells nobody outside of it',
  },
  {
    name: 'Hono, and a middleware of yours with `setRoute`',
    versions: 'Hono 4, server 2',
    file: 'framework-hono.mjs',
    env: { SET_ROUTE: '1' },
    route: users,
    routeOfErrors: true,
    layers: false,
    by: 'you',
  },
  {
    name: '`node:http`',
    versions: '22.15 and later',
    file: 'framework-node.mjs',
    route: undefined,
    routeOfErrors: false,
    layers: false,
    by: 'nobody: it has none',
  },
];

/** Tried by `npm run large-libraries`, with a NestJS of its own. */
export const largeFrameworks: readonly Framework[] = [
  nest('11', 'Express', true),
  nest('11', 'Fastify', true),
];
