import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** As much of a browser as a test of forms needs: it keeps cookies, and follows nothing by itself. */
export interface AdminBrowser {
  readonly cookies: Map<string, string>;
  /** Sends what it is told to, with its cookies unless the headers have others. The path goes out as it is. */
  ask(path: string, asked?: Asked): Promise<AdminAnswer>;
  get(path: string, headers?: Record<string, string>): Promise<AdminAnswer>;
  /** Sends a form as a page of the same origin does, unless the headers say otherwise. */
  post(
    path: string,
    fields: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<AdminAnswer>;
  /** Fills in and sends the login form. */
  logIn(login: { email: string; password: string }, next?: string): Promise<AdminAnswer>;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

export interface AdminAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The token of the first form of the page. */
  readonly token: string;
}

export function openBrowser(origin: string): AdminBrowser {
  const cookies = new Map<string, string>();
  const { hostname: host, port } = new URL(origin);
  // Not fetch: it names its own Sec-Fetch-Mode, that of a script, and makes an address of a path.
  async function ask(
    path: string,
    { method = 'GET', headers = {}, body }: Asked = {},
  ): Promise<AdminAnswer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const request = httpRequest({
      ...{ host, port, path, method },
      headers: { accept: 'text/html,*/*;q=0.8', cookie, ...headers },
    });
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    for (const line of response.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const answer = await text(response);
    return {
      status: response.statusCode ?? 0,
      location: response.headers.location,
      headers: response.headers,
      text: answer,
      token: /name="token" value="([^"]*)"/.exec(answer)?.[1] ?? '',
    };
  }
  const browser: AdminBrowser = {
    cookies,
    ask,
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, fields, headers = {}) =>
      ask(path, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...{ origin, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' },
          ...headers,
        },
      }),
    logIn: async (login, next = '/admin') => {
      const { token } = await browser.get(`/admin/login?${new URLSearchParams({ next })}`);
      return browser.post('/admin/login', { ...login, token, next });
    },
  };
  return browser;
}
