import { setTenant } from '@bellwether/meters';
import express from 'express';
import { meters } from './meters.js';

const tenants = new Map(Object.entries({ 'key-of-acme': 'acme', 'key-of-globex': 'globex' }));

const app = express();
app.use((request, response, next) => {
  const tenant = tenants.get(request.get('x-api-key'));
  if (tenant === undefined) return response.status(401).json({ error: 'Expected an X-Api-Key' });
  setTenant(tenant);
  next();
});
app.post('/orders', (request, response) => {
  const status = request.query.card === 'stolen' ? 'declined' : 'paid';
  meters.orders.add(1, { status });
  response.status(201).json({ status });
});

const server = app.listen(process.env.PORT ?? 3000, '127.0.0.1', () => {
  console.log(`the quickstart listens on http://127.0.0.1:${server.address().port}`);
});
