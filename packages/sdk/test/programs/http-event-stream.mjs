// Streams of events, each begun in another way, over HTTP/1.1 and HTTP/2. They last until their reader goes; `/short` ends by itself.
import { once } from 'node:events';
import { createServer as createHttp2Server } from 'node:http2';
import { setTenant } from '@bellwether/meters';
import express from 'express';

const app = express();
app.use((_request, _response, next) => {
  setTenant('acme');
  next();
});
app.get('/shop/:id/events', (_request, response) => {
  response.set('Content-Type', 'text/event-stream; charset=utf-8');
  response.flushHeaders();
  response.write('retry: 5000\n\n');
});
app.get('/raw', (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write('data: 1\n\n');
});
app.get('/short', (_request, response) => {
  response.type('text/event-stream').end('data: 1\n\n');
});
app.get('/fails', (_request, response) => {
  response.status(503).type('text/event-stream').end('data: later\n\n');
});
app.get('/download', (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain', 'x-about': 'text/event-stream' });
  response.write('not all of it');
});
const plain = app.listen(0, '127.0.0.1');
const multiplexed = createHttp2Server((_request, response) => {
  setTenant('acme');
  response.setHeader('content-type', 'text/event-stream');
  response.write('data: 1\n\n');
}).listen(0, '127.0.0.1');
for (const server of [plain, multiplexed]) if (!server.listening) await once(server, 'listening');
console.log(`ports ${plain.address().port} ${multiplexed.address().port}`);
