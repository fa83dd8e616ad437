// Stands in for cAdvisor, whose image needs a registry: answers /healthz and /metrics, with a line for each group in the control groups that compose.yaml mounts.
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';

createServer((request, response) => {
  if (request.url === '/healthz') response.end('ok');
  else if (request.url === '/metrics')
    response.setHeader('content-type', 'text/plain; version=0.0.4').end(metrics());
  else response.writeHead(404).end();
}).listen(8080, '0.0.0.0');
process.once('SIGTERM', () => process.exit(0));

function metrics() {
  const now = Math.floor(Date.now() / 1000);
  const lines = readdirSync('/sys/fs/cgroup', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `container_last_seen{id="/${name}"} ${now}`);
  return ['# TYPE container_last_seen gauge', ...lines, ''].join('\n');
}
