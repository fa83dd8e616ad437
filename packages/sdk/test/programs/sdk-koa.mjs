import { get } from 'node:http';
import Koa from 'koa';
import pino from 'pino';

const log = pino({ level: 'info' }, { write: () => {} });
const app = new Koa();
app.use(async function greet(context) {
  log.info('greeting');
  context.body = 'hello';
});
const server = app.listen(0, () => {
  get({ port: server.address().port }, (response) => {
    response.resume().on('end', () => server.close());
  });
});
