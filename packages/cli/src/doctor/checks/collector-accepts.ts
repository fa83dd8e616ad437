import { type Check, fail, ok, skipped, warn } from '../check.ts';
import { httpProblem } from '../net/http-problem.ts';
import { isRecord, isText } from '../net/shape.ts';
import { shownUrl } from '../net/shown-url.ts';

export const collectorAccepts: Check = {
  id: 'collector-accepts',
  group: 'collector',
  title: 'The Collector accepts a point',
  needs: ['collector'],
  async run({ probe, targets: { otlpMetrics } }) {
    if (otlpMetrics === undefined) return skipped('no OTLP/HTTP address');
    const shown = shownUrl(otlpMetrics.url);
    const answer = await probe.send(otlpMetrics.url);
    if (answer.problem !== undefined || answer.status !== 200) {
      if (answer.problem === undefined && answer.status === 415) {
        return warn(
          `${shown} takes no JSON`,
          'The probe cannot be sent; the SDK sends protobuf and is not affected.',
        );
      }
      return fail(
        httpProblem(shown, answer),
        'It answers an empty export and not this one: look at the log of the Collector.',
      );
    }
    const { rejected, message } = partialSuccess(answer.body);
    if (rejected > 0) {
      return fail(
        `It rejected the point: ${message === '' ? 'without a reason' : message}`,
        'Correct the Collector: it must take gauges from the service bellwether-doctor.',
      );
    }
    if (message !== '') return warn(`It warns: ${message}`, 'Look at the log of the Collector.');
    return ok('it took one point and rejected none');
  },
};

/** https://opentelemetry.io/docs/specs/otlp/#partial-success-1 */
function partialSuccess(body: string): { readonly rejected: number; readonly message: string } {
  try {
    const answer: unknown = JSON.parse(body);
    const said = isRecord(answer) && isRecord(answer.partialSuccess) ? answer.partialSuccess : {};
    const { rejectedDataPoints: rejected = 0, errorMessage: message = '' } = said;
    return { rejected: Number(rejected), message: isText(message) ? message : '' };
  } catch {
    return { rejected: 0, message: '' };
  }
}
