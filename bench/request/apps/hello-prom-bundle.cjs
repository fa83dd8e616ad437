// hello.cjs with what prom-client's users add: a histogram of requests by method, status and route, and the process' own metrics.
const express = require('express');
const bundle = require('express-prom-bundle');

const app = express();
app.use(
  bundle({
    includeMethod: true,
    includePath: true,
    promClient: { collectDefaultMetrics: {} },
    // The route and not the path, as every peer does: express-prom-bundle's own guess keeps the name that is greeted.
    normalizePath: (request) => request.route?.path ?? request.path,
  }),
);
app.get('/hello/:name', (request, response) => {
  response.json({ hello: request.params.name });
});
app.listen(0, '127.0.0.1');
