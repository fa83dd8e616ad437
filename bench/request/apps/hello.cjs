// The smallest Express app that says who is greeted: its CPU is what instrumentation is compared with.
const express = require('express');

const app = express();
app.get('/hello/:name', (request, response) => {
  response.json({ hello: request.params.name });
});
app.listen(0, '127.0.0.1');
