// Stands in for Mailpit, whose image needs a registry: takes mails by SMTP on port 1025, and on port 8025 answers /readyz and /api/v1/messages as Mailpit
// does, as far as the e2e run asks. https://mailpit.axllent.org/docs/api-v1/
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';

const messages = [];

createServer((socket) => {
  let mail;
  let text = '';
  const say = (line) => socket.write(`${line}\r\n`);
  say('220 mailpit stand-in');
  socket.setEncoding('utf8').on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    text += chunk;
    for (;;) {
      const end = mail?.inData ? text.indexOf('\r\n.\r\n') : text.indexOf('\r\n');
      if (end === -1) return;
      const line = text.slice(0, end);
      text = text.slice(end + (mail?.inData ? 5 : 2));
      if (mail?.inData) {
        messages.push({
          ...mail,
          Subject: /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(line)?.[1] ?? '',
        });
        mail = undefined;
        say('250 kept');
        continue;
      }
      const [verb = ''] = line.toUpperCase().split(/[ :]/);
      const address = /<([^>]*)>/.exec(line)?.[1];
      if (verb === 'MAIL') mail = { From: { Address: address }, To: [] };
      if (verb === 'RCPT') mail?.To.push({ Address: address });
      if (verb === 'RSET') mail = undefined;
      if (verb === 'DATA' && mail !== undefined) {
        mail.inData = true;
        say('354 go on');
      } else if (verb === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say('250 fine');
    }
  });
}).listen(1025, '0.0.0.0');

createHttpServer((request, response) => {
  if (request.url === '/readyz' || request.url === '/livez') response.end('ok');
  else if (request.url === '/api/v1/messages')
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ total: messages.length, messages }));
  else response.writeHead(404).end();
}).listen(8025, '0.0.0.0');
process.once('SIGTERM', () => process.exit(0));
