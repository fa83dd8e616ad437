// A Datadog agent to dd-trace: it takes traces of version 0.4. Runs in a process of its own.
import { decode } from '@msgpack/msgpack';
import { startSink } from './sink.mjs';

const info = {
  version: '7.99.0',
  endpoints: ['/v0.4/traces', '/v0.5/traces'],
  client_drop_p0s: false,
  config: { statsd_port: 0 },
};

startSink({
  answer: ({ url }, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    if (url === '/info') response.end(JSON.stringify(info));
    else response.end(JSON.stringify({ rate_by_service: { 'service:,env:': 1 } }));
  },
  count: ({ url }, body) => {
    if (url !== '/v0.4/traces') return {};
    const traces = decode(body, { useBigInt64: true });
    return { spans: traces.reduce((sum, trace) => sum + trace.length, 0) };
  },
});
