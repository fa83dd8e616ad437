import type { Answer, AskTime } from './ask-query.ts';
import { missingSelectors, whyMissing } from './explain-empty.ts';
import type { Finding, Place } from './finding.ts';
import type { PrometheusClient } from './prometheus-client.ts';
import { isYoung } from './young-records.ts';

interface Asked {
  readonly prometheus: PrometheusClient;
  readonly query: string;
  readonly place: Place;
  readonly time: AskTime;
  /** Records that wait for time to pass, as `youngRecords` finds them. */
  readonly young: ReadonlySet<string>;
}

/** A query that must return numbers; one that asks for a past which nobody has seen yet is only told. */
export async function verifyData(
  asked: Asked,
  ask: () => Promise<Answer>,
): Promise<readonly Finding[]> {
  const { prometheus, query, place, time, young } = asked;
  return orRefused(asked, async () => {
    const answer = await ask();
    if (answer === 'data') return notCounted(asked);
    const missing = await missingSelectors(prometheus, query, time);
    const why = whyMissing(missing);
    if (isYoung(missing, young)) return [{ kind: 'unseen', place, query, missing, message: why }];
    const between =
      answer === 'nan'
        ? 'returns NaN only: 0 / 0?'
        : 'every selector has series, what stands between them leaves nothing';
    return [{ kind: 'empty', place, query, missing, message: why || between }];
  });
}

/** `errors or 0 * requests` returns zero also when no such metric will ever come: what does not exist is told. */
async function notCounted({
  prometheus,
  query,
  place,
  time,
  young,
}: Asked): Promise<readonly Finding[]> {
  if (!/\bor\b/.test(query)) return [];
  const found = await missingSelectors(prometheus, query, time);
  const missing = found.filter(
    ({ because, metric = '' }) => because === 'metric' && !young.has(metric),
  );
  if (missing.length === 0) return [];
  return [{ kind: 'unseen', place, query, missing, message: whyMissing(missing) }];
}

/**
 * A query that may return nothing, because nothing has happened: an alert, an annotation. All that it names must exist. A value
 * that has not occurred yet is only told, unless it names a job: jobs are there from the start. So are metrics of which another
 * finding tells that they are missing.
 */
export async function verifySelectors(
  asked: Asked,
  toldElsewhere: ReadonlySet<string> = new Set(),
): Promise<readonly Finding[]> {
  const { prometheus, query, place, time } = asked;
  return orRefused(asked, async () => {
    await prometheus.ask('/api/v1/query', { query, time: String(time.now) });
    const missing = await missingSelectors(prometheus, query, time);
    const finding = (kind: 'empty' | 'unseen', some: typeof missing): Finding[] =>
      some.length === 0 ? [] : [{ kind, place, query, missing: some, message: whyMissing(some) }];
    const harmless = missing.filter(
      ({ because, matcher, metric }) =>
        because === 'time' ||
        ofAlerts.has(metric ?? '') ||
        toldElsewhere.has(metric ?? '') ||
        (because === 'value' && !/^job\b/.test(matcher ?? '')),
    );
    const dead = missing.filter((one) => !harmless.includes(one));
    return dead.length > 0 ? finding('empty', dead) : finding('unseen', harmless);
  });
}

/** Prometheus' own, which exist while an alert is pending or firing. */
const ofAlerts = new Set(['ALERTS', 'ALERTS_FOR_STATE']);

async function orRefused(
  { query, place }: Asked,
  work: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    if (code !== 'ERR_PROMETHEUS_ANSWER') throw error;
    return [{ kind: 'error', place, query, missing: [], message }];
  }
}
