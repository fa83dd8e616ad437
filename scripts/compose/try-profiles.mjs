import { poll } from '../start/poll.mjs';
import { askPrometheus, exemplarTraces } from './ask.mjs';

const seconds = 240;
const never = new AbortController().signal;
const alert = {
  labels: { alertname: 'MailTried', severity: 'critical', team: 'platform' },
  annotations: { summary: 'Raised by npm run compose:e2e' },
};

/** What the profiles promise, tried: rows `{ profile, promise, holds }`. */
export async function tryProfiles(compose) {
  const traces = await poll(seconds, never, async () => {
    const wanted = await exemplarTraces(compose);
    const kept = await compose('logs', '--no-color', '--no-log-prefix', 'tempo');
    return wanted.some((id) => kept.includes(id));
  });

  const prometheus = async (query) => Number((await askPrometheus(compose, query))[0]?.value[1]);
  const cadvisor = await poll(
    seconds,
    never,
    async () =>
      (await prometheus('up{job="cadvisor"}')) === 1 &&
      (await prometheus('count(container_last_seen)')) > 0,
  );

  // No MySQL is there: the exporter says so.
  const mysql = await poll(
    seconds,
    never,
    async () =>
      (await prometheus('up{job="mysql-exporter"}')) === 1 && (await prometheus('mysql_up')) === 0,
  );

  await compose(
    ...['exec', '-T', 'alertmanager', 'wget', '-q', '-O', '-'],
    ...['--header', 'content-type: application/json', '--post-data', JSON.stringify([alert])],
    'http://127.0.0.1:9093/api/v2/alerts',
  );
  const mail = await poll(seconds, never, async () => {
    const answer = await fetch('http://127.0.0.1:8025/api/v1/messages');
    const { messages } = await answer.json();
    return messages.some(({ Subject }) => Subject.includes(alert.labels.alertname));
  });
  return [
    {
      profile: 'traces',
      promise: 'the trace of an exemplar in Prometheus is in the store',
      holds: traces,
    },
    { profile: 'cadvisor', promise: 'Prometheus has its numbers', holds: cadvisor },
    { profile: 'mysql', promise: 'Prometheus knows that its server is away', holds: mysql },
    { profile: 'mail', promise: 'an alert given to Alertmanager arrives as a mail', holds: mail },
  ];
}
