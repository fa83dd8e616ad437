// Operations of Prisma Client, each under a span of its own that has the name of the step.
const { trace } = require('@opentelemetry/api');
const { PrismaPg } = require('@prisma/adapter-pg');
const { runWithTenant } = require('@bellwether/sdk');

const tracer = trace.getTracer('test');

const step = (name, work) =>
  tracer.startActiveSpan(name, async (span) => {
    try {
      return await work();
    } catch (error) {
      console.log(`${name}: ${error.code}`);
    } finally {
      span.end();
    }
  });

exports.run = async ({ PrismaClient }) => {
  const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL });
  const prisma = new PrismaClient({ adapter });
  await step('delete', () => prisma.item.deleteMany());
  await step('create', () => prisma.item.create({ data: { name: 'secret' } }));
  // Prisma starts when it is awaited, so it is awaited inside.
  await step('tenant', () => runWithTenant('acme', async () => await prisma.item.findMany()));
  await step('error', () => prisma.item.create({ data: { name: 'secret' } }));
  await step('raw', () => prisma.$queryRawUnsafe("SELECT 'secret' AS a"));
  await step('transaction', () =>
    runWithTenant('umbrella', () => prisma.$transaction((tx) => tx.item.count())),
  );
  await prisma.$disconnect();
};
