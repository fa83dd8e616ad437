import type { CookieOptions, Request, Response } from 'express';
import type { Settings } from '../../settings.ts';

/** A cookie of the admin area that holds a secret of 256 bits. */
export interface AdminCookie {
  /** Nothing when there is none, it is no secret of ours by its shape, or there are two that differ. */
  read(request: Request): string | undefined;
  set(response: Response, secret: string): void;
  clear(response: Response): void;
}

export interface AdminCookies {
  /** Lax, so that a link to the area from a chat finds it logged in; what changes anything needs more than a cookie. */
  readonly session: AdminCookie;
  /** Ties the login form to the browser that asked for it. */
  readonly login: AdminCookie;
}

/**
 * Cookies end with the browser. Where the public address is https they are Secure and named `__Host-`, so that neither a
 * neighbouring subdomain nor plain HTTP can set them.
 */
export function adminCookies({ publicOrigin }: Pick<Settings, 'publicOrigin'>): AdminCookies {
  const secure = publicOrigin?.startsWith('https:') ?? false;
  const cookie = (name: string, sameSite: 'lax' | 'strict') =>
    adminCookie(secure ? `__Host-${name}` : name, { secure, sameSite, httpOnly: true, path: '/' });
  return { session: cookie('shop-admin', 'lax'), login: cookie('shop-admin-login', 'strict') };
}

function adminCookie(name: string, options: CookieOptions): AdminCookie {
  return {
    read: (request) => {
      const values = new Set(
        (request.headers.cookie ?? '')
          .split(';')
          .map((pair) => pair.trim())
          .filter((pair) => pair.startsWith(`${name}=`))
          .map((pair) => pair.slice(name.length + 1)),
      );
      const [value] = values;
      return values.size === 1 && /^[\w-]{43}$/.test(value ?? '') ? value : undefined;
    },
    set: (response, secret) => {
      response.cookie(name, secret, options);
    },
    clear: (response) => {
      response.clearCookie(name, options);
    },
  };
}
