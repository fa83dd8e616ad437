import type { TellProblem } from '../http/answer-errors.ts';
import { html } from './pages/html.ts';
import { sendPage } from './pages/send-page.ts';

const titles: Readonly<Record<number, string>> = {
  401: 'Log in first',
  403: 'Not for your role',
  404: 'Not found',
  429: 'Too many requests',
  503: 'Not now',
};

/** What went wrong, as a page for a person, and as JSON for a script. */
export const tellAsPage: TellProblem = (problem, request, response) => {
  if (request.accepts('html', 'json') === 'json') {
    response.json({ error: { code: problem.code, message: problem.message } });
    return;
  }
  const title = titles[problem.status] ?? (problem.status < 500 ? 'Not like this' : 'Our mistake');
  sendPage(response, {
    title,
    layout: 'narrow',
    body: html`<div class="card"><h1>${title}</h1>
<p>${problem.message}.</p>
<p class="muted">${problem.status} · ${problem.code}</p>
<p><a href="/admin">To the admin area</a></p></div>`,
  });
};
