import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

/**
 * What the person on call looks at: an incoming webhook in Slack's format, which the notification service is told to send every alert
 * to. `planFile` is for NOTIFICATIONS_CHANNELS_FILE.
 */
export async function answerPhone(folder) {
  const messages = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      messages.push({ at: Date.now(), text: JSON.parse(body).text });
      response.end('ok');
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  writeFileSync(join(folder, 'phone-url'), `http://127.0.0.1:${server.address().port}/`);
  const planFile = join(folder, 'channels.json');
  writeFileSync(
    planFile,
    JSON.stringify({
      channels: { phone: { kind: 'slack', urlFile: 'phone-url' } },
      routes: [{ channels: ['phone'] }],
    }),
  );
  return {
    planFile,
    /** When the first message since then said it: `FIRING` or `RESOLVED`; undefined before. */
    saidAt(status, { name, severity }, since) {
      const line = new RegExp(`^${status} ${severity}: ${name}$`, 'm');
      return messages.find(({ at, text }) => at >= since && line.test(text))?.at;
    },
    close: () => server.close(),
  };
}
