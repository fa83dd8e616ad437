// One GET of Redis a request, by node-redis. REDIS_URL names the server.
const express = require('express');
const { createClient } = require('redis');

const app = express();
const redis = createClient({ url: process.env.REDIS_URL });
app.get('/greeting/:name', async (request, response) => {
  response.json({ greeting: await redis.get(`greeting:${request.params.name}`) });
});
redis
  .connect()
  .then(() => redis.set('greeting:world', 'hello'))
  .then(() => app.listen(0, '127.0.0.1'));
