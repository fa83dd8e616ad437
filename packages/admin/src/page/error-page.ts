import type { AdminError } from '../admin-error.ts';

/** An error for a person who opened the page itself. No style: the content security policy allows none inline. */
export const errorPage = ({ code, message, hint }: AdminError): string =>
  [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><title>Monitoring</title>',
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head>',
    `<body><main><h1>${asText(message)}</h1><p>${asText(hint)}</p><p><small>${code}</small></p></main></body></html>`,
    '',
  ].join('\n');

const asText = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
