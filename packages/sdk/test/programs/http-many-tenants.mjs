// A server that names the tenant by an API key and counts an order each request; /memory tells what it uses.
import http from 'node:http';
import { counter, defineMeters, setTenant } from '@bellwether/meters';

const meters = defineMeters('shop', {
  orders: counter('shop.orders', { unit: '{order}', description: 'Orders' }),
});
const server = http.createServer((request, response) => {
  if (request.url === '/memory') {
    gc();
    gc();
    response.end(JSON.stringify(process.memoryUsage()));
    return;
  }
  setTenant(request.headers['x-api-key']);
  meters.orders.add(1);
  response.writeHead(204).end();
});
server.listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
