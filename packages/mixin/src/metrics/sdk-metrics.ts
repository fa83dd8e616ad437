import {
  bellwetherConventions,
  dbConventions,
  httpConventions,
  prismaConventions,
  sdkConventions,
} from '@bellwether/meters/conventions';
import { metricsOf } from './metric.ts';

/** What the SDK measures without a line of code. */
export const http = metricsOf(httpConventions);
export const db = metricsOf(dbConventions);
export const prisma = metricsOf(prismaConventions);
export const sdk = metricsOf(sdkConventions);
export const bellwether = metricsOf(bellwetherConventions);
