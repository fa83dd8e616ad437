import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { slackBody, slackChannel, slackText } from './slack-channel.ts';

test.for<readonly [text: string, slack: string]>([
  ['<!channel> & <https://x|y>', '&lt;!channel&gt; &amp; &lt;https://x|y&gt;'],
  ['&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
  ['@here', '\uff20here'],
  ['*b* ~s~ `c`', '\u2217b\u2217 \u223cs\u223c \u02cbc\u02cb'],
  ['_i_ service_name', '\uff3fi\uff3f service_name'],
])('%s', ([text, slack]) => {
  expect(slackText(text)).toBe(slack);
});

test('a link of ours stays whole', () => {
  const { text, mrkdwn } = slackBody({
    key: '',
    subject: 's',
    alerts: [
      {
        status: 'FIRING',
        name: 'n',
        severity: 'critical',
        facts: [],
        links: [['dashboard', 'https://g.example.com/d?a=*&b=~']],
      },
    ],
    others: [['x', 3]],
  });
  expect(text).toContain('dashboard: https://g.example.com/d?a=*&amp;b=~');
  expect(text).toContain('3 × x');
  expect(mrkdwn).toBe(false);
});

test('an address that is no https is refused at start, and not quoted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slack-'));
  const urlFile = join(folder, 'url');
  for (const text of ['http://hooks.example.com/s3cret', 'file:///s3cret', 's3cret']) {
    writeFileSync(urlFile, text);
    const open = () => slackChannel('chat', { kind: 'slack', urlFile });
    expect(open).toThrow(/to hold an https address/);
    expect(open).not.toThrow(/s3cret/);
  }
  rmSync(folder, { recursive: true });
});
