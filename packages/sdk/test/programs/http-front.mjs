// One of two services: names the tenant by an API key and calls the other one, BACK, by the client that the path says.
import http from 'node:http';
import { setTenant } from '@bellwether/sdk';

const back = new URL(process.env.BACK);
const clients = {
  '/http': (url) =>
    new Promise((resolve, reject) => {
      http
        .get(url, async (response) => resolve(Buffer.concat(await response.toArray()).toString()))
        .on('error', reject);
    }),
  '/fetch': (url) => fetch(url).then((response) => response.text()),
};

const server = http.createServer(async (request, response) => {
  const key = request.headers['x-api-key'];
  if (key) setTenant(key);
  const { pathname, searchParams } = new URL(request.url, 'http://front');
  response.end(await clients[pathname](new URL(searchParams.get('to') ?? '/', back)));
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
