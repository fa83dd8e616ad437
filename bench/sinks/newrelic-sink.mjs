// New Relic's collector to its agent, over TLS, which the agent insists on: node newrelic-sink.mjs <key file> <certificate file>
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { startSink } from './sink.mjs';

const [keyFile, certificateFile] = process.argv.slice(2);
const tls = { key: readFileSync(keyFile), cert: readFileSync(certificateFile) };
/** As the collector says it: events are sent every 5 s, so many of each kind. */
const connected = {
  agent_run_id: 'bench',
  account_id: '1',
  trusted_account_key: '1',
  primary_application_id: '1',
  collect_traces: true,
  collect_errors: true,
  collect_analytics_events: true,
  collect_span_events: true,
  data_report_period: 60,
  sampling_target: 10,
  sampling_target_period_in_seconds: 60,
  event_harvest_config: {
    report_period_ms: 5_000,
    harvest_limits: { analytic_event_data: 833, error_event_data: 8, custom_event_data: 833 },
  },
  span_event_harvest_config: { report_period_ms: 5_000, harvest_limit: 166 },
};

const methodOf = (url) => new URL(url, 'https://localhost').searchParams.get('method');
/** `preconnect` could name another host; it names none, so the agent stays here. */
const answers = { preconnect: {}, connect: connected, agent_settings: {} };

startSink({
  createServer: (listener) => createServer(tls, listener),
  answer: ({ url }, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ return_value: answers[methodOf(url)] ?? [] }));
  },
  count: ({ url }, body) => {
    const method = methodOf(url);
    if (method === 'span_event_data') return { spans: JSON.parse(body)[2].length };
    if (method === 'metric_data') return { points: JSON.parse(body)[3].length };
    return {};
  },
});
