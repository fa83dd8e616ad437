// Express 4 under the name that package.json gives it (npm:express@4); one request.
import express from 'express4';

const app = express();
app.get('/users/:id', (_request, response) => response.send('hello'));
const server = app.listen(0, '127.0.0.1', async () => {
  const answer = await fetch(`http://127.0.0.1:${server.address().port}/users/1`);
  console.log(await answer.text());
  server.close();
  server.closeAllConnections();
});
