import { html } from '../pages/html.ts';
import type { Page } from '../pages/send-page.ts';

export interface LoginForm {
  readonly token: string;
  readonly next: string;
  /** What was typed before. */
  readonly email?: string;
  /** Why it was not accepted. */
  readonly problem?: string | undefined;
}

export function loginPage({ token, next, email = '', problem }: LoginForm): Page {
  return {
    title: 'Log in',
    layout: 'narrow',
    body: html`<form class="card" method="post" action="/admin/login">
<p class="brand">Bellwether shop</p>
<h1>Log in</h1>
${problem !== undefined && html`<p class="problem" id="problem" role="alert">${problem}</p>`}
<input type="hidden" name="token" value="${token}">
<input type="hidden" name="next" value="${next}">
<label for="email">E-mail address</label>
<input id="email" name="email" type="email" autocomplete="username" required maxlength="254" value="${email}"${described(problem)}${email === '' && html` autofocus`}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200"${described(problem)}${email !== '' && html` autofocus`}>
<button>Log in</button>
</form>`,
  };
}

function described(problem: string | undefined) {
  return problem !== undefined && html` aria-describedby="problem" aria-invalid="true"`;
}
