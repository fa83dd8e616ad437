import { type Attributes, type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { queryRedactor } from './query.ts';
import { withoutValues } from './tracer-without-values.ts';

function spanOf(
  name: string,
  attributes: Attributes,
  work: (span: Span) => void,
  messages = false,
) {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  const redaction = { query: queryRedactor(['page']), errorMessages: messages };
  withoutValues(provider, redaction)
    .getTracer('upstream')
    .startActiveSpan(name, { kind: SpanKind.CLIENT, attributes }, (span) => {
      work(span);
      span.end();
    });
  const [span] = exporter.getFinishedSpans();
  if (span === undefined) throw new Error('no span');
  return span;
}

test('statements, addresses and keys', () => {
  const span = spanOf(
    "CALL\nf('secret')",
    {
      'db.system.name': 'mysql',
      'db.query.text': `CALL\nf('secret') -- secret`,
      'url.full': 'https://u:secret@a.example:8443/b?page=2&c=secret',
      'http.target': '/b?c=secret',
      'messaging.kafka.message.key': 'secret',
      'db.namespace': 'shop',
    },
    (it) => it.setAttribute('db.query.text', 'SELECT "secret"'),
  );
  expect(span.name).toBe('CALL');
  expect(span.attributes).toEqual({
    'db.system.name': 'mysql',
    'db.query.text': 'SELECT ?',
    'url.full': 'https://a.example:8443/b?page=2&c=REDACTED',
    'http.target': '/b?c=REDACTED',
    'db.namespace': 'shop',
  });
});

test('the words of errors', () => {
  const error = new TypeError("Duplicate entry 'hunter2'\n    at hunter2 (see above)");
  const fail = (span: Span) => {
    span.recordException(error);
    span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
  };
  const { events, status } = spanOf('x', {}, fail);
  expect(status).toEqual({ code: SpanStatusCode.ERROR });
  expect(JSON.stringify(events)).not.toContain('hunter2');
  expect(events[0]?.attributes).toMatchObject({
    'exception.type': 'TypeError',
    'exception.stacktrace': expect.stringMatching(/^TypeError\n {4}at .*tracer-without-values/),
  });
  expect(spanOf('x', {}, fail, true)).toMatchObject({ status: { message: error.message } });
});

test('the words of Node.js about a connection stay', () => {
  const error = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
    code: 'ECONNREFUSED',
    syscall: 'connect',
  });
  const { status } = spanOf('x', {}, (span) => {
    span.recordException(error);
    span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
  });
  expect(status.message).toBe(error.message);
});
