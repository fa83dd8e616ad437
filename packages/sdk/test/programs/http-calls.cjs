// Calls a server of its own by every client, once each: CommonJS.
const http = require('node:http');
const { get, request } = http;
const undici = require('undici');

const server = http.createServer((request, response) => {
  request.resume().on('end', () => response.end('hello'));
});
server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  const url = `http://127.0.0.1:${port}/`;
  const ways = {
    'default-get': (to) => done(http.get(to)),
    'default-request': (to) => done(http.request(new URL(to))),
    'named-get': (to) => done(get(to)),
    'named-request': (to) => done(request(to, { method: 'PUT' })),
    'array-of-headers': (to) => done(request(to, { headers: ['host', '127.0.0.1', 'x-a', '1'] })),
    expect: (to) => done(request(to, { method: 'POST', headers: { expect: '100-continue' } })),
    'without-agent': (to) => done(request(to, { agent: false })),
    fetch: (to) => fetch(to).then((response) => response.text()),
    undici: (to) => undici.request(to).then((response) => response.body.text()),
    'undici-fetch': (to) => undici.fetch(to).then((response) => response.text()),
  };
  for (const [name, way] of Object.entries(ways)) {
    await way(`${url}${name}`);
    console.log(name);
  }
  server.close();
  server.closeAllConnections();
});

function done(request) {
  return new Promise((resolve, reject) => {
    request.on('response', (response) => response.resume().on('close', resolve));
    request.on('error', reject);
    request.end();
  });
}
