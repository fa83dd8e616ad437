import { Router } from 'express';
import { z } from 'zod';
import { readBody } from '../http/read-request.ts';
import { text } from '../http/text.ts';
import type { Services } from '../services.ts';
import { customerOf, identityOf } from '../tenants/authenticate.ts';
import { logIn } from './log-in.ts';
import { logOut } from './log-out.ts';
import { register, signUpPlans } from './register.ts';

const email = z
  .email()
  .max(254)
  .transform((address) => address.toLowerCase());
const Registration = z.strictObject({
  email,
  name: z.string().trim().pipe(text(100)),
  password: z.string().min(8).max(200),
  plan: z.enum(signUpPlans).default('free'),
});
const Login = z.strictObject({ email, password: z.string().min(1).max(200) });

/** POST /register and POST /login, with the tenant's API key; POST /logout, with a customer's token. */
export function accountRoutes(services: Services): Router {
  const router = Router();

  router.post('/register', async (request, response) => {
    const { tenant } = identityOf(response);
    const wanted = await readBody(request, response, Registration);
    response.status(201).json(await register(services, tenant.id, wanted));
  });

  router.post('/login', async (request, response) => {
    const { tenant } = identityOf(response);
    const given = await readBody(request, response, Login);
    response.json(await logIn(services, tenant.id, given));
  });

  router.post('/logout', async (_request, response) => {
    await logOut(services, customerOf(response));
    response.status(204).end();
  });

  return router;
}
