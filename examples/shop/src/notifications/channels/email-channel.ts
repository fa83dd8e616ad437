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
  const trusted = plan.caFile === undefined ? undefined : openCertificates(plan.caFile);
  const domain = plan.from.slice(plan.from.lastIndexOf('@') + 1);
  return {
    name,
    kind: 'email',
    send: async (message, signal) => {
      const transport = openTransport(plan, password, trusted);
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

/** Certificates to trust, as the file has them now; while it can not be read, as it had them last. Throws now when it can not be read at all. */
function openCertificates(file: string): () => string[] {
  const read = () => [...rootCertificates, readFileSync(file, 'utf8')];
  let known: string[];
  try {
    known = read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`Expected the file of certificates ${file} to be readable, got ${code}`);
  }
  return () => {
    try {
      known = read();
    } catch {
      // Replaced at this moment, or gone: what was good stays good until there is another.
    }
    return known;
  };
}

function openTransport(
  plan: EmailChannelPlan,
  password: SecretFile | undefined,
  trusted: (() => string[]) | undefined,
) {
  return createTransport({
    host: plan.host,
    port: plan.port,
    secure: plan.tls === 'implicit',
    requireTLS: plan.tls === 'starttls',
    ignoreTLS: plan.tls === 'none',
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 10_000,
    ...(trusted !== undefined && { tls: { ca: trusted() } }),
    ...(plan.user !== undefined &&
      password !== undefined && { auth: { user: plan.user, pass: password.value() } }),
  });
}

interface Delivery {
  readonly accepted?: readonly unknown[];
  /** With one recipient taken the mail is sent; these others have it not. */
  readonly rejected?: readonly unknown[];
  readonly response?: unknown;
}

function sentBy({ accepted = [], rejected = [], response = '' }: Delivery): Sent {
  const refused = rejected.map((address) => String(address)).join(', ');
  return {
    outcome: 'sent',
    recipients: accepted.map((address) => String(address)),
    reference: inertText(String(response), 200),
    ...(refused !== '' && {
      problem: `Expected SMTP to take the mail for every recipient, got a refusal of ${refused}; correct \`to\` in the plan of the channels`,
    }),
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
