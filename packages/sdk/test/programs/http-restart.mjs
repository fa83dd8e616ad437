// Starts the SDK by code, stops it, starts it again, and makes one request while it runs, stopped and running.
import http from 'node:http';
import { startSdk } from '@bellwether/sdk';

const first = await startSdk();
const { default: express } = await import('express');
const app = express();
app.get('/users/:id', (_request, response) => response.send('hello'));
const server = app.listen(0, '127.0.0.1', async () => {
  await call();
  await first.shutdown();
  await call();
  const second = await startSdk();
  await call();
  server.close();
  server.closeAllConnections();
  await second.shutdown();
  console.log('emit' in Object.getOwnPropertyDescriptors(http.Server.prototype));
});

function call() {
  return new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port: server.address().port, path: '/users/1' }, (response) => {
        response.resume().on('close', () => setImmediate(resolve));
      })
      .on('error', reject);
  });
}
