// An OpenTelemetry Collector to whoever sends OTLP/HTTP in protobuf. Runs in a process of its own.
import { countOtlp } from './count-otlp.mjs';
import { startSink } from './sink.mjs';

startSink({
  answer: (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-protobuf' });
    response.end();
  },
  count: ({ url }, body) => countOtlp(url, body),
});
