import { type Framework, frameworks } from './frameworks.ts';

const yes = (is: boolean) => (is ? 'yes' : 'no');

/** The page of what is seen, from what the tests try. */
export function supportedPage(): string {
  return `<!-- Generated from packages/sdk/test/frameworks.ts by its test. Do not edit: npx vitest run --project sdk frameworks -u -->

# Supported

What of a library is seen without a line of its own in the application, each row tried by a test that runs a program under the preload and asks the
receiver what came. Read a "no" as: the request is counted and timed, and this is not known of it.

## Servers

Requests, durations, requests under way and a server span are measured on \`node:http\` itself, so every framework that listens by it has them, with
the tenant that \`setTenant\` names and the trace of the caller. What a framework adds is the route.

| framework | tried | requests and spans | tenant | \`http.route\` | route of a request that threw | a span for each layer | the route is seen by |
|---|---|---|---|---|---|---|---|
${frameworks.map(rowOf).join('\n')}
| NestJS on Express or Fastify | no | by \`node:http\` | | by its platform | | by OpenTelemetry's instrumentation | see below |
| Next.js | no | by \`node:http\` | | | | | see below |

Express has spans of layers with \`BELLWETHER_EXPRESS_LAYERS=true\`. With Hono name the route yourself where you need it in spans:
\`trace.getActiveSpan()?.setAttribute('http.route', ...)\`; durations go without it.

NestJS and Next.js are too large for the tests of this repository and were not run here. NestJS listens by Express 5 or Fastify 5, which the rows above
try, and is instrumented by OpenTelemetry's own \`instrumentation-nestjs-core\`; Next.js listens by \`node:http\` and makes spans of its own through
OpenTelemetry's API. Bun, Deno and edge runtimes are not Node.js: the preload does nothing there.

## Clients and databases

| library | tried | spans and durations | by |
|---|---|---|---|
| \`node:http\`, \`node:https\`, \`fetch\`, undici | Node.js 22.15 and later, undici 7 | yes | ours |
| PostgreSQL: \`pg\` | 8 | yes, and the pool | ours |
| MariaDB and MySQL: \`mariadb\` | 3, on MariaDB 10.11 | yes, and the pool; not by \`mariadb/callback\` | ours |
| Prisma | 7 with \`@prisma/adapter-pg\`, \`@prisma/adapter-mariadb\` | yes, by model and operation | ours |
| Redis: \`redis\` | 4, 5, 6 | yes | ours |
| Redis: \`ioredis\` | 5, 6 | yes | ours |

## Sockets and queues

| library | tried | trace | tenant | by |
|---|---|---|---|---|
| WebSockets: \`ws\` | 8 | each message one of its own, linked to the request for the socket | of the request, for as long as the socket lives | ours |
| BullMQ | 6 | of whoever added the job | the same, where its Redis is in \`BELLWETHER_BAGGAGE_HOSTS\` | ours |

## Loggers

| library | tried | trace and span on the line | tenant on the line | by OTLP |
|---|---|---|---|---|
| pino | 10 | yes | yes | yes |
| winston | 3 | yes | yes | yes |

## Metrics of others

| library | tried | by |
|---|---|---|
| prom-client | 14, 15 | [\`@bellwether/sdk/prom-client\`](../guides/from-prom-client.md) |
| OpenTelemetry's API | 1.10 | the SDK |

Everything else that \`@opentelemetry/auto-instrumentations-node\` instruments (GraphQL, gRPC, MongoDB, MySQL, Kafka, AWS and more) is loaded when the
application first uses it, and is seen as upstream sees it; it is not tried here one by one.
`;
}

function rowOf({ name, versions, route, routeOfErrors, layers, by }: Framework): string {
  const cells = [name, versions, 'yes', 'yes', yes(route !== undefined), yes(routeOfErrors)];
  return `| ${[...cells, yes(layers), by].join(' | ')} |`;
}
