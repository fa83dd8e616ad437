// Two tenants on one connection of pg, under the stock instrumentation. See README.md
import { createRequire } from 'node:module';
import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { startPostgres } from '../../../packages/testkit/dist/index.js';

const exporter = new InMemorySpanExporter();
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const tracerProvider = new TracerProvider({
  spanProcessors: [new SimpleSpanProcessor({ exporter })],
});
registerInstrumentations({
  tracerProvider,
  instrumentations: [new PgInstrumentation()],
});
const pg = createRequire(import.meta.url)('pg');

const tenant = createContextKey('tenant');
const as = (id, work) => context.with(ROOT_CONTEXT.setValue(tenant, id), work);
const postgres = await startPostgres();
try {
  const client = new pg.Client(postgres.url);
  await as('acme', () => client.connect());
  const seen = await as(
    'globex',
    () =>
      new Promise((resolve, reject) => {
        client.query("select 'alice@example.com'", (error) => {
          if (error) reject(error);
          else resolve(context.active().getValue(tenant));
        });
      }),
  );
  await client.end();
  await tracerProvider.forceFlush();
  const texts = exporter.getFinishedSpans().map(({ attributes }) => attributes['db.query.text']);
  const literal = texts.find((text) => text?.includes('alice@example.com'));
  console.log(`a callback of globex runs as ${seen}; in the span: ${literal}`);
  process.exitCode = seen === 'acme' && literal !== undefined ? 0 : 1;
} finally {
  await postgres.stop();
}
