import type { AdminLogin } from '../../src/admin/users/issue-admin-login.ts';
import { type AdminAnswer, type AdminBrowser, openBrowser } from '../admin-browser.ts';

/** A shop under attack, and who is logged in there. */
export interface Ground {
  readonly origin: string;
  readonly logins: Readonly<Record<Role, AdminLogin>>;
  /** Logged in before the attacks began, and still so between any two of them. */
  readonly browsers: Readonly<Record<Role, AdminBrowser>>;
}

export type Role = 'super-admin' | 'tenant-admin' | 'staff';

/** Something hostile to do. */
export interface Attack {
  readonly what: string;
  /** Returns the answer that shows whether it came to anything. */
  send(ground: Ground): Promise<AdminAnswer>;
  /** Whether the shop has held. Default: it has refused. */
  holds?(answer: AdminAnswer, ground: Ground): boolean;
}

/** Nothing of the area, and no session: an error of the client's, or the way to the form. */
export function isRefused({ status, location, headers }: AdminAnswer): boolean {
  const begun = headers['set-cookie']?.some((line) => /^(__Host-)?shop-admin=[\w-]/.test(line));
  if (begun === true) return false;
  return (status >= 400 && status < 500) || (status === 303 && isTheForm(location));
}

export const isTheForm = (location = ''): boolean => /^\/admin\/login(\?|$)/.test(location);

/** Who has never been here. */
export const nobody = ({ origin }: Ground): AdminBrowser => openBrowser(origin);

/** Who has opened the form, and the token in it. */
export async function visitor(ground: Ground) {
  const browser = nobody(ground);
  const { token } = await browser.get('/admin/login');
  return { browser, token };
}

/** The secret of the session of a browser. */
export const sessionOf = ({ cookies }: AdminBrowser): string => cookies.get('shop-admin') ?? '';
