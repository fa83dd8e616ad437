import { randomBytes } from 'node:crypto';
import { type Response, Router } from 'express';
import { z } from 'zod';
import { HttpProblem } from '../../http/http-problem.ts';
import { readForm } from '../../http/read-form.ts';
import { text } from '../../http/text.ts';
import type { Services } from '../../services.ts';
import { formToken, isFormToken } from '../forgery/form-token.ts';
import { refuseForgery } from '../forgery/refuse-forgery.ts';
import { identifyAdmin } from '../identify-admin.ts';
import { sendPage } from '../pages/send-page.ts';
import { adminCookies } from '../sessions/admin-cookies.ts';
import { createAdminLogin } from './log-in-admin.ts';
import { loginPage } from './login-page.ts';
import { returnAddress } from './return-address.ts';

const Login = z.object({
  email: text(254).transform((address) => address.trim().toLowerCase()),
  password: text(200),
  token: z.string().max(100),
  next: z.string().max(2_000).default('/admin'),
});
const Logout = z.object({ token: z.string().max(100) });

/** The same for an account that does not exist, is disabled, or has another password. */
const wrong = 'This e-mail address and this password do not belong together.';

/** GET and POST /login, POST /logout. */
export function loginRoutes(services: Services): Router {
  const { admin, settings } = services;
  const cookies = adminCookies(settings);
  const identify = identifyAdmin(services);
  const logIn = createAdminLogin(services);
  const router = Router();

  router.get('/login', async (request, response) => {
    const next = returnAddress(request.query.next);
    if ((await identify(request)) !== undefined) {
      response.redirect(303, next);
      return;
    }
    const secret = cookies.login.read(request) ?? randomBytes(32).toString('base64url');
    cookies.login.set(response, secret);
    sendPage(response, loginPage({ token: formToken(secret), next }));
  });

  router.post('/login', refuseForgery(settings), async (request, response) => {
    const form = await readForm(request, response, Login);
    const planted = cookies.login.read(request);
    if (planted === undefined || !isFormToken(form.token, planted)) {
      throw new HttpProblem(403, 'form_expired', 'Expected the form of this browser, got another');
    }
    const next = returnAddress(form.next);
    const answer = await logIn({ ...form, address: request.ip ?? 'unknown' });
    if (answer.outcome === 'succeeded') {
      const before = cookies.session.read(request);
      if (before !== undefined) await admin.sessions.end(before);
      cookies.login.clear(response);
      cookies.session.set(response, answer.secret);
      response.redirect(303, next);
      return;
    }
    const again = (status: number, problem: string) => {
      const { token, email } = form;
      sendPage(response.status(status), loginPage({ token, next, email, problem }));
    };
    if (answer.outcome === 'wrong_credentials') again(401, wrong);
    else tooMany(response, answer.waitSeconds, again);
  });

  router.post('/logout', refuseForgery(settings), async (request, response) => {
    const { token } = await readForm(request, response, Logout);
    const secret = cookies.session.read(request);
    const identity = await identify(request);
    if (secret !== undefined && identity !== undefined) {
      if (!isFormToken(token, secret)) {
        throw new HttpProblem(403, 'form_expired', 'Expected a form of this session, got another');
      }
      await admin.sessions.end(secret);
      const { email: user, role } = identity;
      await admin.audit.note({ user, role, action: 'log-out' });
    }
    cookies.session.clear(response);
    response.redirect(303, '/admin/login');
  });

  return router;
}

function tooMany(
  response: Response,
  waitSeconds: number,
  again: (status: number, problem: string) => void,
): void {
  const minutes = Math.ceil(waitSeconds / 60);
  response.set('Retry-After', String(waitSeconds));
  again(
    429,
    `Too many attempts. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
  );
}
