/** What the shop needs to know about a tenant on every request. */
export interface Tenant {
  readonly id: string;
  readonly currencies: readonly string[];
}

/** Finds a tenant by the hash of an API key or by id, remembering the answer, found or not, for a while. */
export interface TenantDirectory {
  byKeyHash(hash: string): Promise<Tenant | undefined>;
  byId(id: string): Promise<Tenant | undefined>;
}

export interface TenantSource {
  byKeyHash(hash: string): Promise<Tenant | undefined>;
  byId(id: string): Promise<Tenant | undefined>;
}

interface Options {
  /** Milliseconds. A key that was replaced is good for as long. Default 30,000. */
  readonly rememberMs?: number;
  /** At most so many answers are remembered; the oldest goes first. Default 10,000: bad keys cannot fill the memory. */
  readonly limit?: number;
  readonly now?: () => number;
}

export function createTenantDirectory(
  source: TenantSource,
  { rememberMs = 30_000, limit = 10_000, now = Date.now }: Options = {},
): TenantDirectory {
  const known = new Map<string, { readonly tenant: Promise<Tenant | undefined>; until: number }>();

  function remembered(
    key: string,
    find: () => Promise<Tenant | undefined>,
  ): Promise<Tenant | undefined> {
    const entry = known.get(key);
    if (entry !== undefined && entry.until > now()) return entry.tenant;
    const tenant = find();
    known.delete(key);
    known.set(key, { tenant, until: now() + rememberMs });
    tenant.catch(() => known.delete(key));
    for (const oldest of known.keys()) {
      if (known.size <= limit) break;
      known.delete(oldest);
    }
    return tenant;
  }

  return {
    byKeyHash: (hash) => remembered(`key ${hash}`, () => source.byKeyHash(hash)),
    byId: (id) => remembered(`id ${id}`, () => source.byId(id)),
  };
}
