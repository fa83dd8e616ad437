// The client of the generator `prisma-client-js`.
require('./scenario.cjs').run(require('./generated/cjs'));
