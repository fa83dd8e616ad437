import { fuzz, hasUnseen, hostileText, hostileTexts, hostileValue } from '@bellwether/testkit/fuzz';
import fc from 'fast-check';
import { expect } from 'vitest';
import { HttpProblem } from '../http/http-problem.ts';
import { mailHtml, mailText } from './channels/email-channel.ts';
import { slackBody } from './channels/slack-channel.ts';
import type { ClaimedNotification } from './claim-message.ts';
import { inertText } from './inert-text.ts';
import { composeMessage } from './message-text.ts';
import { readWebhook } from './webhook-payload.ts';

const text = hostileText();
const origins = ['https://grafana.example.com'];

fuzz(
  'text of others is one short line, and nothing that a program makes a link of',
  fc.tuple(text, fc.constantFrom(20, 80, 300)),
  ([from, max]) => {
    const line = inertText(from, max);
    expect(hasUnseen(line)).toBe(false);
    expect([...line].length).toBeLessThanOrEqual(max);
    expect(line).not.toMatch(
      /:\/\/|\bwww\.|\b(?:mailto|javascript|data|tel):\S|\w\.(?:com|org|net|io)(?![\w.-])/i,
    );
  },
  {
    runs: 300,
    corpus: [
      ...hostileTexts,
      'evil.com/log-in',
      'a@evil.example.com',
      'mailto:a@b.example.com',
      'EVIL.ORG',
    ].map((each): [string, number] => [each, 300]),
  },
);

const texts = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      'alertname',
      'severity',
      'tenant_id',
      'service_name',
      'summary',
      'dashboard_url',
    ),
    text,
  ),
  text,
  { maxKeys: 8 },
);
const notification: fc.Arbitrary<ClaimedNotification> = fc.record({
  id: fc.uuid(),
  alertId: fc.uuid(),
  sequence: fc.nat(3),
  event: fc.constantFrom('firing', 'resolved'),
  urgency: fc.nat(2),
  name: text,
  severity: text,
  service: text,
  tenantId: fc.option(text),
  status: fc.constantFrom('firing', 'resolved'),
  fingerprint: fc.stringMatching(/^[0-9a-f]{16}$/),
  startsAt: fc.date({ noInvalidDate: true }),
  endsAt: fc.option(fc.date({ noInvalidDate: true })),
  annotations: texts,
}) as never;

fuzz(
  'what is told of alerts of whatever is plain in mail, HTML and chat',
  fc.array(notification, { minLength: 1, maxLength: 30 }),
  (notifications) => {
    const message = composeMessage({ notifications }, origins);
    expect(hasUnseen(message.subject)).toBe(false);
    expect(message.subject.length).toBeLessThanOrEqual(400);
    const html = mailHtml(message);
    expect(tagsIn(html)).toEqual([]);
    for (const [, href] of html.matchAll(/href="([^"]*)"/g))
      expect(href).toMatch(/^https:\/\/grafana\.example\.com\//);
    const body = mailText(message);
    expect(hasUnseen(body.replaceAll('\n', ''))).toBe(false);
    const chat = slackBody(message);
    expect(hasUnseen(chat.text.replaceAll('\n', ''))).toBe(false);
    expect(chat.text).not.toMatch(/[<>*~`@]/);
    expect(chat.text).not.toMatch(/&(?!amp;|lt;|gt;)/);
    // As many lines as we write, whatever stands in them.
    const facts = message.alerts.reduce(
      (sum, alert) => sum + alert.facts.length + alert.links.length + 1,
      0,
    );
    const others = message.others.length === 0 ? 0 : message.others.length + 2;
    expect(chat.text.split('\n')).toHaveLength(2 + facts + others);
    expect(chat.text.length).toBeLessThan(100_000);
  },
  { runs: 50 },
);

const ours = /^\/?(?:html|head|meta|title|body|h2|h3|dl|dt|dd|p|a|ul|li)$|^!doctype$/i;
/** Elements that are none of ours. */
const tagsIn = (html: string) =>
  [...html.matchAll(/<([^\s>]*)/g)].map(([, name = '']) => name).filter((name) => !ours.test(name));

const alert = {
  status: 'firing',
  labels: { alertname: 'A' },
  annotations: {},
  startsAt: '2026-11-21T08:00:00Z',
  fingerprint: 'abc',
};
const payload = { version: '4', groupKey: 'g', receiver: 'r', alerts: [alert] };

fuzz(
  'a webhook of whatever is refused as such, or is stored as texts that PostgreSQL takes',
  fc.oneof(
    hostileValue(),
    fc
      .dictionary(
        fc.constantFrom(...Object.keys(payload), 'truncatedAlerts', '__proto__'),
        hostileValue(),
      )
      .map((made) => () => ({ ...payload, ...valuesOf(made) })),
    fc
      .dictionary(fc.constantFrom(...Object.keys(alert), 'endsAt'), hostileValue())
      .map((made) => () => ({ ...payload, alerts: [{ ...alert, ...valuesOf(made) }] })),
    fc.tuple(texts, texts).map(([labels, annotations]) => () => ({
      ...payload,
      alerts: [{ ...alert, labels: { ...labels }, annotations }],
    })),
  ),
  (make) => {
    // As it comes: out of JSON.
    let body: unknown;
    try {
      body = JSON.parse(JSON.stringify(make()) ?? 'null');
    } catch {
      return;
    }
    try {
      for (const stored of readWebhook(body).alerts) {
        expect(JSON.stringify(stored)).not.toMatch(/\\u0000|\\ud[89a-f]/);
        for (const column of [stored.name, stored.severity, stored.team, stored.service])
          expect(column.length).toBeLessThanOrEqual(200);
        expect(stored.fingerprint).toMatch(/^[0-9a-f]{1,64}$/);
        if (stored.tenantId !== null) expect(stored.tenantId).toMatch(/^[\w.-]{1,64}$/);
        expect(Object.getPrototypeOf(stored.labels)).toBe(Object.prototype);
      }
    } catch (error) {
      expect(error).toBeInstanceOf(HttpProblem);
      expect((error as HttpProblem).status).toBe(422);
      expect(JSON.stringify((error as HttpProblem).message).length).toBeLessThan(1_500);
    }
  },
  {
    runs: 300,
    corpus: [
      () =>
        JSON.parse(
          '{"version":"4","groupKey":"g","alerts":[{"status":"firing","labels":{"__proto__":"x"},"startsAt":"2026-11-21T08:00:00Z","fingerprint":"a"}]}',
        ),
    ],
  },
);

function valuesOf(made: Record<string, () => unknown>): object {
  return Object.fromEntries(Object.entries(made).map(([key, of]) => [key, of()]));
}
