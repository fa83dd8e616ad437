// hello.cjs as an ES module.
import express from 'express';

const app = express();
app.get('/hello/:name', (request, response) => {
  response.json({ hello: request.params.name });
});
app.listen(0, '127.0.0.1');
