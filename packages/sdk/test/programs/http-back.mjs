// The other service: answers with the tenant it sees and the headers it got. /away redirects to AWAY, /on calls NEXT.
import http from 'node:http';
import { currentTenant } from '@bellwether/sdk';

const server = http.createServer(async (request, response) => {
  if (request.url === '/away') {
    response.writeHead(302, { location: process.env.AWAY }).end();
    return;
  }
  if (request.url === '/on') {
    response.end(await fetch(process.env.NEXT).then((answer) => answer.text()));
    return;
  }
  const { baggage, traceparent } = request.headers;
  response.end(JSON.stringify({ tenant: currentTenant(), baggage, traceparent }));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
