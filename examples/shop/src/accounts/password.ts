import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's smallest recommended memory for scrypt is N=2^17; 2^14 (16 MiB) keeps a demonstration under load on a laptop. */
const options = { N: 2 ** 14, r: 8, p: 1 } as const satisfies ScryptOptions;
const length = 32;

/** `scrypt$N$r$p$salt$key`: the parameters are kept beside the hash, so that they can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, options);
  const { N, r, p } = options;
  return `scrypt$${N}$${r}$${p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** False also for a text that is no hash of ours; it takes as long as for one, so that time does not say which. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [scheme, N, r, p, salt = '', expected = ''] = hash.split('$');
  const known = scheme === 'scrypt' && expected !== '';
  const cost = known ? { N: Number(N), r: Number(r), p: Number(p) } : options;
  const key = await derive(password, Buffer.from(salt, 'base64url'), cost);
  const wanted = Buffer.from(expected, 'base64url');
  return known && wanted.length === key.length && timingSafeEqual(wanted, key);
}

function derive(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, length, cost, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
