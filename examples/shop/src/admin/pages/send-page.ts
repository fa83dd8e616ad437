import type { RequestHandler, Response } from 'express';
import { formToken } from '../forgery/form-token.ts';
import type { AdminIdentity } from '../identify-admin.ts';
import { type Html, html } from './html.ts';

/** One style sheet, no script, no picture but those in the style sheet. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

/** The headers of every answer of the admin area. A page that needs more says so with `allow`. */
export const adminHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy': policy.join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  });
  next();
};

/** Adds one directive to the policy of this answer. */
export function allow(response: Response, directive: string): void {
  response.set('Content-Security-Policy', [...policy, directive].join('; '));
}

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Who looks at it; without one there is no menu. */
  readonly identity?: AdminIdentity | undefined;
  readonly menu?: readonly MenuEntry[];
  /** `wide` for a frame that fills the window. */
  readonly layout?: 'narrow' | 'page' | 'wide';
}

export interface MenuEntry {
  readonly href: string;
  readonly label: string;
}

export function sendPage(response: Response, page: Page): void {
  response.type('html').send(render(response, page).text);
}

function render(response: Response, { title, body, identity, menu = [], layout = 'page' }: Page) {
  const here = response.req.originalUrl.split('?', 1)[0];
  const entry = ({ href, label }: MenuEntry) =>
    html`<li><a href="${href}"${href === here && html` aria-current="page"`}>${label}</a></li>`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · Bellwether shop</title>
<link rel="stylesheet" href="/admin/assets/admin.css">
</head>
<body class="${layout}">
<a class="skip" href="#main">Skip to the content</a>
${
  identity !== undefined &&
  html`<header>
<a class="brand" href="/admin">Bellwether shop</a>
<nav aria-label="Admin"><ul>${menu.map(entry)}</ul></nav>
<form class="me" method="post" action="/admin/logout">
<input type="hidden" name="token" value="${formToken(identity.secret)}">
<span>${identity.email}<small>${identity.role}${identity.tenant !== null && ` of ${identity.tenant}`}</small></span>
<button class="quiet">Log out</button>
</form>
</header>`
}
<main id="main" tabindex="-1">${body}</main>
</body>
</html>
`;
}
