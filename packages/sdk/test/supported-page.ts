import { type Framework, frameworks, largeFrameworks } from './frameworks.ts';
import { type Library, largeLibraries, libraries } from './libraries.ts';

const yes = (is: boolean) => (is ? 'yes' : 'no');

/** The page of what is seen, from what the tests try. */
export function supportedPage(): string {
  return `<!-- Generated from packages/sdk/test/frameworks.ts and libraries.ts by a test. Do not edit: npx vitest run --project sdk frameworks -u -->

# Supported

What of a library is seen without a line of its own in the application, each row tried by a test that runs a program under the preload and asks the
receiver what came. Read a "no" as: the request is counted and timed, and this is not known of it. Rows with a star are too large for every run of the tests:
\`npm run large-libraries\` tries those.

## Servers

Requests, durations, requests under way and a server span are measured on \`node:http\` itself, so every framework that listens by it has them, with
the tenant that \`setTenant\` names and the trace of the caller. What a framework adds is the route.

| framework | tried | requests and spans | tenant | \`http.route\` | route of a request that threw | a span for each layer | the route is seen by |
|---|---|---|---|---|---|---|---|
${frameworks.map((framework) => rowOf(framework)).join('\n')}
${largeFrameworks.map((framework) => rowOf(framework, ' *')).join('\n')}
| Next.js, standalone server: \`app/\`, \`pages/\`, route handlers, \`pages/api\`, proxy | 16 * | yes | yes | yes | yes | yes | ours, of what Next.js says to its own spans |

HTTP/2 is measured the same way, by requests and responses (\`http2.createServer(handler)\`) and by streams (\`server.on('stream')\`). What is not:

| of a server | seen |
|---|---|
| an upgrade, a WebSocket; \`CONNECT\` | a span and the tenant, no duration: it has no response. Of HTTP/2 nothing |
| gRPC | by OpenTelemetry's instrumentation of gRPC alone |
| what never becomes a request: malformed, headers too large, too slow, TLS that fails | counted in \`http.server.client_errors\` by \`error.type\` (\`HPE_HEADER_OVERFLOW\`): Node.js answers 400, 408 or 431 by itself, and the server's \`request\` never fires |
| streams that a server of HTTP/2 pushes; sessions of \`http2.performServerHandshake\` | no |

Express has spans of layers with \`BELLWETHER_EXPRESS_LAYERS=true\`. A router that nobody sees, as that of Hono, is named
by \`setRoute\`, of \`@bellwether/meters\`; the row of Hono with it runs this:

\`\`\`js fragment
import { setRoute } from '@bellwether/meters';
import { routePath } from 'hono/route';

app.use(async (context, next) => {
  await next();
  const path = routePath(context, -1);
  // Where no route took it, the last is a middleware.
  if (!path.endsWith('*')) setRoute(path);
});
\`\`\`

NestJS 12 is newer than OpenTelemetry's instrumentation of it, so it has no spans of layers; NestJS 11 has one for the controller and one for the handler.

Next.js is started by \`node --import @bellwether/sdk/register server.js\` in \`.next/standalone\`. Its packaging copies what the application imports, and not what a flag names: install \`@bellwether/sdk\` where the server runs, and
list \`@bellwether/meters\` and \`@opentelemetry/api\` in \`serverExternalPackages\`. \`setTenant\` may be called in the proxy (once called middleware), a page, a route handler or
\`getServerSideProps\`; a page that was made when the application was built runs nothing, and has none. The route is the file's place (\`/users/[id]\`), also with
\`OTEL_TRACES_EXPORTER=none\`; assets and pages that do not exist have none. Spans of Next.js are of kind server as well, below ours. \`next start\`, \`next dev\`, Next.js 15 and the
edge runtime were not run.

Bun, Deno and edge runtimes are not Node.js: the preload does nothing there.

## Clients and databases

| library | tried | spans and durations | by |
|---|---|---|---|
| \`node:http\`, \`node:https\`, \`fetch\`, undici | Node.js 22.15 and later, undici 7 | yes | ours |
| \`node:http2\`: \`connect().request()\` | Node.js 22.15 and later | yes; not gRPC, \`CONNECT\` and pushed streams | ours |
| PostgreSQL: \`pg\` | 8 | yes, and the pool | ours |
| MariaDB and MySQL: \`mariadb\` | 3, on MariaDB 10.11 | yes, and the pool; not by \`mariadb/callback\` | ours |
| MySQL and MariaDB: \`mysql2\` | 2, 3, on MariaDB 10.11 | yes, and the pool; not what is prepared by hand | ours |
| Prisma | 7 with \`@prisma/adapter-pg\`, \`@prisma/adapter-mariadb\` | yes, by model and operation, and the pool of the driver beneath | ours |
| Redis: \`redis\` | 4, 5, 6 | yes | ours |
| Redis: \`ioredis\` | 5, 6 | yes | ours |

## Sockets and queues

| library | tried | trace | tenant | by |
|---|---|---|---|---|
| WebSockets: \`ws\` | 8 | each message one of its own, linked to the request for the socket | of the request, for as long as the socket lives | ours |
| BullMQ | 6 | of whoever added the job | the same, where its Redis is in \`BELLWETHER_BAGGAGE_HOSTS\` | ours |

## More libraries

| library | tried | trace and spans | tenant | by |
|---|---|---|---|---|
${libraries.map((library) => libraryRow(library)).join('\n')}
${largeLibraries.map((library) => libraryRow(library, ' *')).join('\n')}
| MongoDB: \`mongodb\`, \`mongoose\` | no, for want of a server | upstream supports \`mongodb\` 3 to 7, \`mongoose\` 5 to 9 | of the request | OpenTelemetry's instrumentation of MongoDB |
| Kafka: \`kafkajs\` | no, for want of a broker | upstream supports 1 and 2 | not across a topic: \`runWithTenant\` in the consumer | OpenTelemetry's instrumentation of KafkaJS |

None of these has durations as metrics; those of the calls of HTTP below them are there.

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

Everything else that \`@opentelemetry/auto-instrumentations-node\` instruments (gRPC, Knex, Memcached, AMQP, Cassandra and more) is loaded when the
application first uses it, and is seen as upstream sees it; it is not tried here one by one.
`;
}

function rowOf({ name, versions, route, routeOfErrors, layers, by }: Framework, mark = ''): string {
  const cells = [
    name,
    `${versions}${mark}`,
    'yes',
    'yes',
    yes(route !== undefined),
    yes(routeOfErrors),
  ];
  return `| ${[...cells, yes(layers), by].join(' | ')} |`;
}

function libraryRow({ name, versions, trace, tenant, by }: Library, mark = ''): string {
  return `| ${[name, `${versions}${mark}`, trace, tenant, by].join(' | ')} |`;
}
