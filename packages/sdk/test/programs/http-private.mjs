// One request with something private in every part of it, answered by this program itself. Usage: node --import @bellwether/sdk/register http-private.mjs
import http from 'node:http';

const server = http.createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'Set-Cookie': 'sid=planted', 'X-Answer': 'yes', 'X-Badge': 'planted' });
  response.end('ok');
});
server.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const { port } = server.address();
const path = '/users/jo%40planted.example/?page=2&email=planted&planted';
const headers = {
  Authorization: 'Bearer planted',
  Cookie: 'sid=planted',
  'X-Forwarded-For': '203.0.113.77',
  'X-Request-Id': 'r1',
  Referer: 'http://a.example/?q=planted',
};
await fetch(`http://127.0.0.1:${port}${path}`, { headers });
await new Promise((resolve, reject) => {
  http
    .get({ host: '127.0.0.1', port, path, headers, auth: 'jo:planted' }, (response) => {
      response.resume().on('end', resolve);
    })
    .on('error', reject);
});
const controller = new AbortController();
const gone = fetch(`http://127.0.0.1:${port}/`, { signal: controller.signal });
controller.abort(new Error('planted'));
await gone.catch(() => {});
server.close();
server.closeAllConnections();
