const { get } = require('node:http');
const Koa = require('koa');
const pino = require('pino');

const log = pino({ level: 'info' }, { write: () => {} });
const app = new Koa();
app.use(async function greet(context) {
  log.info('greeting');
  context.body = 'hello';
});
const server = app.listen(0, () => {
  get({ port: server.address().port, agent: false }, (response) => {
    response.resume().on('end', () => server.close());
  });
});
