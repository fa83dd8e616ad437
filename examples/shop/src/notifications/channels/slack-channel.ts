import type { SlackChannelPlan } from '../channel-plan.ts';
import { inertText } from '../inert-text.ts';
import type { MessageText } from '../message-text.ts';
import { openSecretFile } from '../secret-file.ts';
import type { NotSent } from '../settle-message.ts';
import { withoutSpans } from '../without-spans.ts';
import type { Channel } from './channel.ts';

/**
 * An incoming webhook in Slack's format, which Mattermost and others take as well. The address is a secret: it is read from a file
 * and stands in no log, error, span or answer.
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export function slackChannel(name: string, { urlFile }: SlackChannelPlan): Channel {
  const secret = openSecretFile(urlFile);
  checkUrl(secret.value(), urlFile);
  return {
    name,
    kind: 'slack',
    send: async (message, signal) => {
      try {
        const url = checkUrl(secret.value(), urlFile);
        // Without tracing: a span of this call would carry the address.
        const response = await withoutSpans(() =>
          fetch(url, {
            method: 'POST',
            redirect: 'manual',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(slackBody(message)),
            signal,
          }),
        );
        const failure = failureOf(response);
        await response.body?.cancel();
        return failure ?? { outcome: 'sent', recipients: [], reference: `HTTP ${response.status}` };
      } catch (error) {
        return { outcome: 'failed', scope: 'channel', error: reasonOf(error) };
      }
    },
  };
}

/** Plain text, without markup, mentions and previews. `&`, `<` and `>` are the only signs of control. */
export function slackBody({ subject, alerts, others }: MessageText) {
  const lines = [slackText(subject), ''];
  for (const { status, severity, name, facts, links } of alerts) {
    lines.push(slackText(`${status} ${severity}: ${name}`));
    for (const [fact, value] of facts) lines.push(`    ${fact}: ${slackText(value)}`);
    for (const [link, url] of links) lines.push(`    ${link}: ${escapeControl(url)}`);
  }
  if (others.length > 0) {
    lines.push('', 'Not in detail:');
    for (const [name, count] of others) lines.push(`    ${count} × ${slackText(name)}`);
  }
  return {
    text: lines.join('\n'),
    mrkdwn: false,
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** Signs of markup become others that look alike, for receivers that do not know `mrkdwn: false`. */
export function slackText(text: string): string {
  return escapeControl(text)
    .replaceAll('*', '\u2217')
    .replaceAll('~', '\u223c')
    .replaceAll('`', '\u02cb')
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\uff3f')
    .replaceAll('@', '\uff20');
}

const escapeControl = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function checkUrl(text: string, file: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const loopback = url !== undefined && /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback)) return url;
  throw new Error(
    `Expected ${file} to hold an https address (http on loopback only), got another text`,
  );
}

function failureOf({ status, headers }: Response): NotSent | undefined {
  if (status >= 200 && status < 300) return undefined;
  const error = `Expected the webhook to answer 2xx, got ${status}`;
  // What Slack says of one message: invalid_payload, too long. All else is true of every message.
  if (status === 400 || status === 413 || status === 422) {
    return { outcome: 'failed', scope: 'message', error };
  }
  const seconds = Number(headers.get('retry-after'));
  return {
    outcome: 'failed',
    scope: 'channel',
    error,
    ...(seconds > 0 && seconds <= 3_600 && { retryAfterSeconds: seconds }),
  };
}

/** A code, or a message of ours: what `fetch` says may quote the address. */
function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: { code?: unknown } };
  if (name === 'TimeoutError' || name === 'AbortError')
    return 'Expected an answer in time, got none';
  if (typeof cause?.code === 'string')
    return `Expected an answer, got ${inertText(cause.code, 60)}`;
  return message.startsWith('Expected ')
    ? inertText(message, 200)
    : `Expected an answer, got ${name}`;
}
