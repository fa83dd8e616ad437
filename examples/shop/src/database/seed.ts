import { createHash, randomBytes } from 'node:crypto';
import type { Transaction } from './database.ts';
import { minorUnits, perEuro, type SeedTenant, seedPlans, seedTenants } from './seed-data.ts';

/** Nobody can log in as a seeded customer: the text is no hash of any password. */
const noPassword = 'seeded';

/** Writes the tenants with their products, plans and customers. Repeating it changes nothing. */
export async function seed(tx: Transaction): Promise<void> {
  for (const tenant of seedTenants) await seedTenant(tx, tenant);
}

async function seedTenant(tx: Transaction, tenant: SeedTenant): Promise<void> {
  const { id, name } = tenant;
  const currencies = [...tenant.currencies];
  if ((await tx.tenant.findUnique({ where: { id } })) !== null) return;
  await tx.tenant.create({ data: { id, name, currencies } });
  for (const [category, names] of Object.entries(tenant.products)) {
    for (const [index, product] of names.entries()) {
      await tx.product.create({
        data: {
          tenantId: id,
          slug: product.toLowerCase().replaceAll(' ', '-'),
          name: product,
          description: `${product} by ${name}`,
          category,
          prices: {
            create: currencies.map((currency) => ({
              currency,
              amountMinor: toMinor(12.5 + 8 * index + euros(product), currency),
            })),
          },
        },
      });
    }
  }
  for (const { code, name: planName, rank, monthlyEuros } of seedPlans) {
    const prices = currencies.map((currency) => ({
      currency,
      monthlyMinor: toMinor(monthlyEuros, currency),
    }));
    await tx.plan.create({
      data: { tenantId: id, code, name: planName, rank, prices: { create: prices } },
    });
  }
  await tx.customer.createMany({
    data: tenant.customers.map((customer) => ({
      tenantId: id,
      name: customer,
      email: `${customer.toLowerCase()}@${id}.example`,
      passwordHash: noPassword,
      origin: 'seed' as const,
    })),
  });
}

/** The same product costs the same on every machine. */
function euros(product: string): number {
  return (createHash('sha256').update(product).digest()[0] ?? 0) / 2;
}

function toMinor(amountInEuros: number, currency: string): number {
  return Math.round(amountInEuros * (perEuro[currency] ?? 1) * (minorUnits[currency] ?? 100));
}

/** Gives the tenant a new API key under a name; the earlier key of that name is worth nothing any more. */
export async function issueApiKey(
  tx: Transaction,
  tenantId: string,
  name: string,
): Promise<string> {
  const key = `shop_${tenantId}_${randomBytes(24).toString('base64url')}`;
  const hash = hashApiKey(key);
  await tx.apiKey.upsert({
    where: { tenantId_name: { tenantId, name } },
    create: { tenantId, name, hash },
    update: { hash, createdAt: new Date() },
  });
  return key;
}

/** A key has 192 random bits, so a fast hash is enough. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
