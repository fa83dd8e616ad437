// A server that tells each message of a socket back, for two tenants at the same time, and a stranger whom it turns away.
const http = require('node:http');
const { defineMeters, counter, oneOf, setTenant, currentTenant } = require('@bellwether/meters');

const meters = defineMeters('test', {
  events: counter('test.events', {
    unit: '{event}',
    description: 'Events of sockets',
    attributes: { event: oneOf('opened', 'message', 'closed') },
  }),
});

exports.run = async ({ WebSocket, WebSocketServer }) => {
  const server = http.createServer();
  const sockets = new WebSocketServer({ noServer: true });
  let open = 0;
  server.on('upgrade', (request, socket, head) => {
    // Where a real application asks who that is: the tenant is named later than the request began.
    setTimeout(() => {
      const tenant = request.headers['x-key'];
      if (tenant === undefined) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      setTenant(tenant);
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        open += 1;
        meters.events.add(1, { event: 'opened' });
        webSocket.on('message', (data) => {
          setTimeout(() => {
            meters.events.add(1, { event: 'message' });
            webSocket.send(`${currentTenant()}: ${data}`);
          }, 2);
        });
        webSocket.on('close', () => {
          meters.events.add(1, { event: 'closed' });
          open -= 1;
          if (open === 0) server.close();
        });
      });
    }, 2);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `ws://127.0.0.1:${server.address().port}/room`;
  await refused(WebSocket, url);
  const clients = ['acme', 'globex'].map(
    (key) => new WebSocket(url, { headers: { 'x-key': key } }),
  );
  await Promise.all(clients.map((client) => once(client, 'open')));
  for (let turn = 0; turn < 3; turn += 1) {
    for (const client of clients) {
      const answered = once(client, 'message');
      client.send('hello');
      console.log(String(await answered));
    }
  }
  for (const client of clients) client.close();
};

const once = (emitter, event) => new Promise((resolve) => emitter.once(event, resolve));

function refused(WebSocket, url) {
  return new Promise((resolve) => new WebSocket(url).once('error', resolve));
}
