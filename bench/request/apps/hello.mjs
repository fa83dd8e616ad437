// The smallest Express app that says who is greeted: its CPU is what instrumentation is compared with.
import express from 'express';
import { serve } from './serve.mjs';

const app = express();
app.get('/hello/:name', (request, response) => {
  response.json({ hello: request.params.name });
});
serve(app);
