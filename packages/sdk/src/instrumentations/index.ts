import { instrumentBullmq } from './bullmq.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
import { instrumentExpress } from './express.ts';
import { instrumentFastify } from './fastify.ts';
import { instrumentHttpClient } from './http-client.ts';
import { instrumentHttpServer } from './http-server.ts';
import { instrumentIoredis } from './ioredis.ts';
import { instrumentMariadb } from './mariadb.ts';
import { instrumentMysql2 } from './mysql2.ts';
import { instrumentNext } from './next.ts';
import { instrumentPg } from './pg.ts';
import { instrumentPrisma } from './prisma.ts';
import { instrumentRedis } from './redis.ts';
import { instrumentUndici } from './undici.ts';
import { instrumentWinston } from './winston.ts';
import { instrumentWs } from './ws.ts';

/** An instrumentation of ours, under the short name that `OTEL_NODE_*_INSTRUMENTATIONS` uses. */
interface FirstClass {
  readonly name: string;
  readonly instrument: (environment: InstrumentationEnvironment) => Undo;
}

const firstClass: readonly FirstClass[] = [
  { name: 'http', instrument: instrumentHttpServer },
  { name: 'http', instrument: instrumentHttpClient },
  { name: 'undici', instrument: instrumentUndici },
  { name: 'express', instrument: instrumentExpress },
  { name: 'fastify', instrument: instrumentFastify },
  { name: 'next', instrument: instrumentNext },
  { name: 'ws', instrument: instrumentWs },
  { name: 'bullmq', instrument: instrumentBullmq },
  { name: 'redis', instrument: instrumentRedis },
  { name: 'ioredis', instrument: instrumentIoredis },
  { name: 'pg', instrument: instrumentPg },
  { name: 'mariadb', instrument: instrumentMariadb },
  { name: 'mysql2', instrument: instrumentMysql2 },
  { name: 'prisma', instrument: instrumentPrisma },
  { name: 'winston', instrument: instrumentWinston },
];

/** Starts every instrumentation of ours that is enabled. One that fails leaves the others alone. */
export function startFirstClass(
  environment: InstrumentationEnvironment,
  isEnabled: (name: string) => boolean,
  onFailure: (name: string, error: unknown) => void,
): Undo[] {
  const undos: Undo[] = [];
  for (const { name, instrument } of firstClass) {
    if (!isEnabled(name)) continue;
    try {
      undos.push(instrument(environment));
    } catch (error) {
      onFailure(name, error);
    }
  }
  return undos;
}
