// A server that names its tenant, asked once for each argument: the country header, or `-` for none.
import { once } from 'node:events';
import http from 'node:http';
import { setTenant } from '@bellwether/sdk';

const server = http.createServer((_request, response) => {
  setTenant('acme');
  response.end();
});
await once(server.listen(0, '127.0.0.1'), 'listening');
for (const country of process.argv.slice(2)) {
  const headers = country === '-' ? {} : { 'CF-IPCountry': country };
  await (await fetch(`http://127.0.0.1:${server.address().port}/`, { headers })).text();
}
server.close();
server.closeAllConnections();
