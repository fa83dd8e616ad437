import { pollUntil } from '@bellwether/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type AlertmanagerUnderTest,
  type Labels,
  startAlertmanager,
} from './alertmanager-under-test.ts';
import { type HttpSink, type MailSink, startHttpSink, startMailSink } from './message-sinks.ts';

interface Webhook {
  readonly version: string;
  readonly status: string;
  readonly receiver: string;
  readonly groupLabels: Labels;
  readonly alerts: readonly { readonly status: string; readonly labels: Labels }[];
}

const groupIntervalMs = 400;
const shop = {
  deployment_environment_name: 'production',
  job: 'bellwether/shop',
  service_name: 'shop',
};

let sink: HttpSink;
let mail: MailSink;
let alertmanager: AlertmanagerUnderTest;

beforeAll(async () => {
  sink = await startHttpSink();
  mail = await startMailSink();
  alertmanager = await startAlertmanager({
    sink: sink.url,
    smarthost: mail.smarthost,
    timing: {
      groupWait: '200ms',
      groupInterval: `${groupIntervalMs}ms`,
      repeatInterval: '1h',
      heartbeatInterval: '200ms',
    },
  });
}, 600_000);
afterAll(async () => {
  await alertmanager?.stop();
  await sink?.close();
  await mail?.close();
});
beforeEach(() => sink.clear());

const webhooks = (path = '/api/v1/alerts') =>
  sink.received
    .filter((request) => request.path === path)
    .map(({ body }) => JSON.parse(body) as Webhook);
const about = (alertname: string) =>
  webhooks().filter(({ groupLabels }) => groupLabels.alertname === alertname);

let others = 0;
/** Fulfilled when an alert that comes now has waited for its group and is told of: what would be told by then has been. */
async function anotherIsToldOf(): Promise<void> {
  others += 1;
  const alertname = `Another${others}`;
  await alertmanager.post([{ labels: { alertname, ...warning } }]);
  await pollUntil(() => about(alertname).length > 0);
}

const critical = { severity: 'critical' };
const warning = { severity: 'warning' };

test('alerts of one name, environment, service and tenant come as one message with the token; another tenant has its own', async () => {
  const alert = (tenant_id: string, http_route: string) => ({
    labels: { alertname: 'Grouped', ...shop, tenant_id, http_route, ...warning, team: 'service' },
  });
  await alertmanager.post([alert('acme', '/a'), alert('acme', '/b'), alert('globex', '/a')]);
  await pollUntil(() => about('Grouped').length === 2);
  const byTenant = about('Grouped').map(({ groupLabels, alerts, receiver, version }) => ({
    groupLabels,
    alerts: alerts.length,
    receiver,
    version,
  }));
  const group = {
    alertname: 'Grouped',
    deployment_environment_name: 'production',
    service_name: 'shop',
  };
  expect(byTenant).toHaveLength(2);
  expect(byTenant).toEqual(
    expect.arrayContaining([
      {
        groupLabels: { ...group, tenant_id: 'acme' },
        alerts: 2,
        receiver: 'ticket-service',
        version: '4',
      },
      {
        groupLabels: { ...group, tenant_id: 'globex' },
        alerts: 1,
        receiver: 'ticket-service',
        version: '4',
      },
    ]),
  );
  const [request] = sink.received.filter(({ path }) => path === '/api/v1/alerts');
  expect(request?.authorization).toBe('Bearer a-token-of-the-test');
});

test('production pages by itself, also while somebody already looks after the same in staging', async () => {
  const labels = { alertname: 'Paging', ...shop, ...critical, team: 'service' };
  const incidents = () => {
    const pages = sink.received
      .filter(({ path, body }) => path === '/pagerduty' && body.includes('Paging'))
      .map(({ body }) => JSON.parse(body) as { readonly dedup_key: string });
    return new Set(pages.map(({ dedup_key }) => dedup_key)).size;
  };
  await alertmanager.post([{ labels: { ...labels, deployment_environment_name: 'staging' } }]);
  await pollUntil(() => incidents() === 1);
  await alertmanager.post([{ labels }]);
  await pollUntil(() => about('Paging').some(({ alerts }) => alerts.some(isOfProduction)));
  await pollUntil(() => incidents() === 2);
});

const isOfProduction = ({ labels }: Webhook['alerts'][number]) =>
  labels.deployment_environment_name === 'production';

test('a silenced alert reaches nobody, and everybody when the silence ends', async () => {
  const labels = { alertname: 'Silenced', ...shop, ...critical, team: 'service' };
  const neighbour = { ...labels, alertname: 'NotSilenced' };
  const silence = await alertmanager.silence({ alertname: 'Silenced', service_name: 'shop' });
  await alertmanager.post([{ labels }, { labels: neighbour }]);
  await pollUntil(() => about('NotSilenced').length > 0);
  await anotherIsToldOf();
  expect(about('Silenced')).toEqual([]);
  const held = await alertmanager.held();
  expect(held.find((one) => one.labels.alertname === 'Silenced')?.status.silencedBy).toEqual([
    silence,
  ]);
  await alertmanager.expire(silence);
  await pollUntil(() => about('Silenced').length > 0);
});

test('an alert that flaps is told of once a group interval at most, and its end is told', async () => {
  const labels = { alertname: 'Flapping', ...shop, ...warning, team: 'platform' };
  await alertmanager.post([{ labels }]);
  await pollUntil(() => about('Flapping').length > 0);
  const began = performance.now();
  for (let flip = 0; flip < 20; flip += 1) {
    await (flip % 2 === 0 ? alertmanager.resolve(labels) : alertmanager.post([{ labels }]));
  }
  await alertmanager.resolve(labels);
  await pollUntil(() => about('Flapping').at(-1)?.status === 'resolved');
  const intervals = Math.ceil((performance.now() - began) / groupIntervalMs);
  expect(about('Flapping').length).toBeLessThanOrEqual(1 + intervals + 1);
  expect(about('Flapping')[0]?.status).toBe('firing');
});

test('Watchdog goes to the dead man’s switch again and again, and nowhere else', async () => {
  const labels = { alertname: 'Watchdog', severity: 'none', team: 'platform' };
  await alertmanager.post([{ labels }]);
  const beats = await pollUntil(() => {
    const all = sink.received.filter(({ path }) => path === '/api/v1/heartbeat');
    return all.length >= 4 && all;
  });
  expect(beats[0]?.authorization).toBe('Bearer a-token-of-the-test');
  expect(webhooks('/api/v1/heartbeat')[0]).toMatchObject({ version: '4', status: 'firing' });
  expect(about('Watchdog')).toEqual([]);
  // Its end is no sign of life.
  await alertmanager.resolve(labels);
  await pollUntil(async () =>
    (await alertmanager.held()).every((one) => one.labels.alertname !== 'Watchdog'),
  );
  sink.clear();
  await anotherIsToldOf();
  await anotherIsToldOf();
  expect(sink.received.filter(({ path }) => path === '/api/v1/heartbeat')).toEqual([]);
});

test('mail, Slack and PagerDuty say runbook, dashboard and tenant; what a tenant can name is text there', async () => {
  const nasty = '<!channel> <script>alert("x")</script> & <https://evil.example|Runbook>';
  await alertmanager.post([
    {
      labels: { alertname: 'Nasty', ...shop, tenant_id: '<!here>', ...critical, team: 'business' },
      annotations: {
        summary: `${nasty}\r\nBcc: victim@example.com`,
        description: 'What it means.',
        runbook_url: 'https://docs.example.com/runbooks/Nasty.md',
        dashboard_url: 'javascript:alert(1)',
      },
    },
  ]);
  // An alert of the test before may be told of late.
  const toldAt = (wanted: string) =>
    pollUntil(
      () => sink.received.find(({ path, body }) => path === wanted && body.includes('Nasty'))?.body,
    );
  const slack = await toldAt('/slack');
  const { channel, attachments } = JSON.parse(slack);
  expect(channel).toBe('#oncall');
  expect(attachments[0].title).toBe('[1 critical] Nasty: shop, tenant &lt;!here&gt; (production)');
  expect(attachments[0].text).toContain('&lt;!channel&gt; &lt;script&gt;');
  expect(attachments[0].text).toContain('<https://docs.example.com/runbooks/Nasty.md|Runbook>');
  expect(attachments[0].text.match(/<[^>]*>/g)).toEqual([
    '<https://docs.example.com/runbooks/Nasty.md|Runbook>',
  ]);

  const page = await toldAt('/pagerduty');
  expect(JSON.parse(page)).toMatchObject({
    event_action: 'trigger',
    routing_key: 'k'.repeat(32),
    payload: { severity: 'critical', class: 'Nasty', component: 'shop' },
  });

  const message = await pollUntil(() => mail.received.find((one) => one.includes('Nasty')));
  const [head = ''] = message.split('\r\n\r\n');
  expect(head).toMatch(/^To: business@example\.com$/m);
  expect(head).not.toMatch(/^Bcc:/m);
  const html = decodeQuoted(message.slice(message.indexOf('text/html')));
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toContain('<script>');
  expect(html).toContain('<a href="https://docs.example.com/runbooks/Nasty.md">Runbook</a>');
  expect(html).not.toContain('href="javascript:');
  const plain = decodeQuoted(message.slice(message.indexOf('text/plain')));
  expect(plain).toContain('Tenant: <!here>');
  expect(plain).toContain('Runbook: https://docs.example.com/runbooks/Nasty.md');
});

const decodeQuoted = (text: string) =>
  text
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
