// Express 4 or 5: middleware, a router, an error and a path that nobody answers.
import { setTenant } from '@bellwether/meters';
import { asked } from './framework-asked.mjs';

const { default: express } = await import(process.env.FRAMEWORK);
const app = express();
const router = express.Router();
app.use((_request, _response, next) => {
  setTenant('acme');
  next();
});
router.get('/users/:id', (request, response) => response.json(request.params));
router.get('/throws', () => {
  throw new Error('on purpose');
});
app.use('/shop', router);
app.use((_error, _request, response, _next) => response.status(500).end());
const server = app.listen(0, '127.0.0.1', async () => {
  await asked(`http://127.0.0.1:${server.address().port}/shop`);
  server.close();
});
