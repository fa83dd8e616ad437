import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** What guessing one password costs, as scrypt has it: N and r are memory (128 * N * r bytes), N, r and p are time. */
export type PasswordCost = Readonly<Record<'N' | 'r' | 'p', number>>;

/** 16 MiB: less than OWASP recommends, so that a demonstration under load fits on a laptop. */
export const customerCost: PasswordCost = { N: 2 ** 14, r: 8, p: 1 };

/** 32 MiB, thrice: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt */
export const adminCost: PasswordCost = { N: 2 ** 15, r: 8, p: 3 };

const length = 32;

/** `scrypt$N$r$p$salt$key`: the parameters are kept beside the hash, so that they can be raised later. */
export async function hashPassword(
  password: string,
  cost: PasswordCost = customerCost,
): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  const { N, r, p } = cost;
  return `scrypt$${N}$${r}$${p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** False also for a text that is no hash of ours; it takes as long as for one of this cost, so that time does not say which. */
export async function verifyPassword(
  password: string,
  hash: string,
  costOfUnknown: PasswordCost = customerCost,
): Promise<boolean> {
  const [scheme, N, r, p, salt = '', expected = ''] = hash.split('$');
  const known = scheme === 'scrypt' && expected !== '';
  const cost = known ? { N: Number(N), r: Number(r), p: Number(p) } : costOfUnknown;
  const key = await derive(password, Buffer.from(salt, 'base64url'), cost);
  const wanted = Buffer.from(expected, 'base64url');
  return known && wanted.length === key.length && timingSafeEqual(wanted, key);
}

function derive(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
  // Node.js allows 32 MiB unless told more, and scrypt needs a little beside its table.
  const maxmem = 2 * 128 * cost.N * cost.r;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, length, { ...cost, maxmem }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
