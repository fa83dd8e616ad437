import { createServer } from 'node:http';
import { counter, defineMeters } from '@bellwether/meters';

const app = defineMeters('app', { hits: counter('hits', { unit: '{hit}', description: 'Hits' }) });
const server = createServer((_, response) => response.end(`${app.hits.add(1)}`)).listen(0);
fetch(`http://localhost:${server.address().port}`).then(() => server.close());
