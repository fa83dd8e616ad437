// Prisma's own instrumentation, as whoever uses OpenTelemetry's preload adds it.
const { PrismaInstrumentation } = require('@prisma/instrumentation');

new PrismaInstrumentation().enable();
