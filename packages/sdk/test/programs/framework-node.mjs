// node:http by itself.
import { createServer } from 'node:http';
import { setTenant } from '@bellwether/meters';
import { asked } from './framework-asked.mjs';

const server = createServer((request, response) => {
  setTenant('acme');
  const statuses = { '/shop/throws': 500, '/shop/nowhere': 404 };
  response.writeHead(statuses[request.url] ?? 200).end();
}).listen(0, '127.0.0.1', async () => {
  await asked(`http://127.0.0.1:${server.address().port}/shop`);
  server.close();
});
