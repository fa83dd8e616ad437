// Takes whatever an instrumentation sends, answers that all is well, and keeps only how much it was. Runs in a process of its own.
import { createServer } from 'node:http';

const received = { requests: 0, bytes: 0 };
const server = createServer((request, response) => {
  received.requests += 1;
  request.on('data', (chunk) => {
    received.bytes += chunk.length;
  });
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{}');
  });
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', () => process.send(received));
process.on('disconnect', () => process.exit(0));
