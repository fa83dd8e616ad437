/**
 * What the SDK measures itself, by the versions that it patches or whose channels it hears. A test holds the ranges equal to those
 * in the sources of the SDK, which this package may not import.
 */
export const SUPPORTED_LIBRARIES: Readonly<Record<string, string>> = {
  express: '>=4.0.0 <6',
  fastify: '>=4 <6',
  ws: '>=8 <9',
  bullmq: '>=5.19.0 <7',
  mariadb: '>=3 <4',
  mysql2: '>=2 <4',
  '@prisma/client': '>=7 <8',
  pg: '>=8.0.3 <9',
  'pg-pool': '>=3 <4',
  redis: '>=4 <7',
  ioredis: '>=5 <7',
  undici: '>=5 <9',
};
