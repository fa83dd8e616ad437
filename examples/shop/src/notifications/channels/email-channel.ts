import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { createTransport } from 'nodemailer';
import type { EmailChannelPlan } from '../channel-plan.ts';
import { inertText } from '../inert-text.ts';
import type { AlertText, MessageText } from '../message-text.ts';
import { openSecretFile, type SecretFile } from '../secret-file.ts';
import type { NotSent, Sent } from '../settle-message.ts';
import type { Channel } from './channel.ts';

/** Mail by SMTP. Addresses come from the plan only; a line of an alert can end no header, for it has no line end. */
export function emailChannel(name: string, plan: EmailChannelPlan): Channel {
  const password = plan.passwordFile === undefined ? undefined : openSecretFile(plan.passwordFile);
  const domain = plan.from.slice(plan.from.lastIndexOf('@') + 1);
  return {
    name,
    kind: 'email',
    send: async (message, signal) => {
      const transport = openTransport(plan, password);
      const late = new Promise<never>((_, reject) => {
        const give = () => reject(new Error('late'));
        if (signal.aborted) give();
        else signal.addEventListener('abort', give, { once: true });
      });
      try {
        const sending = transport.sendMail({
          from: { name: 'Bellwether', address: plan.from },
          to: plan.to,
          subject: message.subject,
          messageId: `<${message.key}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          text: mailText(message),
          html: mailHtml(message),
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        return sentBy(await Promise.race([sending, late]));
      } catch (error) {
        return failedBy(error);
      } finally {
        transport.close();
      }
    },
  };
}

function openTransport(plan: EmailChannelPlan, password: SecretFile | undefined) {
  return createTransport({
    host: plan.host,
    port: plan.port,
    secure: plan.tls === 'implicit',
    requireTLS: plan.tls === 'starttls',
    ignoreTLS: plan.tls === 'none',
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 10_000,
    ...(plan.caFile !== undefined && {
      tls: { ca: [...rootCertificates, readFileSync(plan.caFile, 'utf8')] },
    }),
    ...(plan.user !== undefined &&
      password !== undefined && { auth: { user: plan.user, pass: password.value() } }),
  });
}

function sentBy(info: { accepted?: unknown[]; response?: unknown }): Sent {
  return {
    outcome: 'sent',
    recipients: (info.accepted ?? []).map((address) => String(address)),
    reference: inertText(String(info.response ?? ''), 200),
  };
}

function failedBy(error: unknown): NotSent {
  const { code, responseCode, message } = error as Error & {
    code?: string;
    responseCode?: number;
  };
  if (message === 'late') {
    return { outcome: 'failed', scope: 'channel', error: 'Expected SMTP to end in time, got none' };
  }
  const answer = responseCode === undefined ? '' : ` with ${responseCode}`;
  return {
    outcome: 'failed',
    scope: code === 'EENVELOPE' || code === 'EMESSAGE' ? 'message' : 'channel',
    error: `Expected SMTP to take the mail, got ${inertText(code ?? 'an error', 40)}${answer}`,
  };
}

export function mailText({ alerts, others }: MessageText): string {
  const lines: string[] = [];
  for (const { status, severity, name, facts, links } of alerts) {
    lines.push(`${status} ${severity}: ${name}`);
    for (const [fact, value] of [...facts, ...links]) lines.push(`  ${fact}: ${value}`);
    lines.push('');
  }
  if (others.length > 0) lines.push('Not in detail:');
  for (const [name, count] of others) lines.push(`  ${count} x ${name}`);
  return `${lines.join('\n')}\n`;
}

export function mailHtml({ subject, alerts, others }: MessageText): string {
  const more =
    others.length === 0
      ? ''
      : `<h3>Not in detail</h3><ul>${others
          .map(([name, count]) => `<li>${count} × ${escapeHtml(name)}</li>`)
          .join('')}</ul>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head><body>${alerts
    .map(alertHtml)
    .join('')}${more}</body></html>`;
}

function alertHtml({ status, severity, name, facts, links }: AlertText): string {
  const rows = facts
    .map(([fact, value]) => `<dt>${escapeHtml(fact)}</dt><dd>${escapeHtml(value)}</dd>`)
    .join('');
  const anchors = links
    .map(([link, url]) => `<p><a href="${escapeHtml(url)}">${escapeHtml(link)}</a></p>`)
    .join('');
  return `<h2>${status} ${escapeHtml(severity)}: ${escapeHtml(name)}</h2><dl>${rows}</dl>${anchors}`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
