const { createServer } = require('node:http');
const { counter, defineMeters } = require('@bellwether/meters');
const app = defineMeters('app', { hits: counter('hits', { unit: '{hit}', description: 'Hits' }) });
const server = createServer((_, response) => response.end(`${app.hits.add(1)}`)).listen(0);
fetch(`http://localhost:${server.address().port}`).then(() => server.close());
