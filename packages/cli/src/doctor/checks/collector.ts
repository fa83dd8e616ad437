import { type Check, fail, ok, skipped } from '../check.ts';
import { httpProblem } from '../net/http-problem.ts';
import { shownUrl } from '../net/shown-url.ts';
import { otlpHeaders, otlpTls } from '../otlp-settings.ts';

const HINTS: Readonly<Record<number, string>> = {
  401: 'Give the token of the Collector: BELLWETHER_OTLP_TOKEN_FILE, or OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer%20<token>".',
  403: 'The token of BELLWETHER_OTLP_TOKEN_FILE or OTEL_EXPORTER_OTLP_HEADERS may not send here: ask whoever keeps the Collector.',
  404: 'OTEL_EXPORTER_OTLP_ENDPOINT is the base address, without /v1/metrics; the path of another gateway goes into OTEL_EXPORTER_OTLP_METRICS_ENDPOINT.',
  429: 'The Collector is full: look at its queue and at Prometheus behind it.',
  503: 'The Collector is full or stops: look at its queue, its memory limit and its log.',
};

const FROM = {
  option: 'here: --collector',
  variable: 'it is set',
  stack: 'unset: the running stack was asked',
  default: 'unset: the default was asked',
} as const;

export const collector: Check = {
  id: 'collector',
  group: 'collector',
  title: 'The Collector answers an empty export',
  async run({ env, request, targets: { otlpMetrics } }) {
    if (otlpMetrics === undefined) {
      return skipped('metrics travel by gRPC: name an OTLP/HTTP address by --collector <url>');
    }
    const shown = shownUrl(otlpMetrics.url);
    const answer = await request({
      url: otlpMetrics.url,
      method: 'POST',
      headers: { ...otlpHeaders(env), 'content-type': 'application/x-protobuf' },
      body: '',
      tls: otlpTls(env),
      maxBytes: 65_536,
    });
    const hint = `Start the Collector, or correct OTEL_EXPORTER_OTLP_ENDPOINT (${FROM[otlpMetrics.from]}).`;
    if (answer.problem !== undefined) return fail(httpProblem(shown, answer), hint);
    if (answer.status !== 200) {
      return fail(httpProblem(shown, answer), HINTS[answer.status] ?? hint);
    }
    const type = String(answer.headers['content-type'] ?? '');
    if (!/^application\/(x-protobuf|json)/.test(type)) {
      return fail(
        `${shown} answers 200 as ${type === '' ? 'nothing' : type}, not as an OTLP receiver does`,
        'Something else listens there: correct OTEL_EXPORTER_OTLP_ENDPOINT.',
      );
    }
    const unset =
      otlpMetrics.from === 'stack' ? '; of the running stack, as no variable names one' : '';
    return ok(`${shown}${unset}`);
  },
};
