// An Express app that is asked once and asks once: node --import @bellwether/sdk/register matrix-app.cjs
const { get } = require('node:http');
const { counter, defineMeters } = require('@bellwether/meters');
const { setTenant } = require('@bellwether/sdk');

const express = require('express');
const meters = defineMeters('matrix', {
  visits: counter('matrix.visits', { unit: '{visit}', description: 'Visits' }),
});

const app = express();
app.use((request, _response, next) => {
  setTenant(request.headers['x-key'] === 'secret-of-acme' ? 'acme' : 'nobody');
  next();
});
app.get('/orders/:id', (request, response) => {
  meters.visits.add(1);
  response.json({ id: request.params.id });
});
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const headers = { 'x-key': 'secret-of-acme' };
  get({ host: '127.0.0.1', port, path: '/orders/7', headers, agent: false }, (response) => {
    response.resume().on('end', () => server.close());
  });
});
