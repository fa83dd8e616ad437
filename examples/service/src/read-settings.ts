import { z } from 'zod';
import { withSettingFiles } from './setting-files.ts';

const common = {
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  HOST: z.string().min(1).default('127.0.0.1'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
};

const Common = z.object(common);

/** What every service is told by its environment. */
export type CommonSettings = z.infer<typeof Common>;

/**
 * Reads the settings of a service once: what all have in common, and what `shape` adds. Each of those may be in a file: `SERVICE_TOKEN_FILE` names the
 * one with `SERVICE_TOKEN`, and so on. Throws one error that names every wrong variable and never quotes a value.
 */
export function readSettings<Shape extends z.ZodRawShape>(
  service: string,
  shape: Shape,
  environment: NodeJS.ProcessEnv,
): Readonly<CommonSettings & z.infer<z.ZodObject<Shape>>> {
  const given = withSettingFiles(environment, Object.keys(shape));
  const own = z.object(shape).safeParse(given);
  const shared = Common.safeParse(given);
  if (own.success && shared.success) return Object.freeze({ ...shared.data, ...own.data });
  const issues = [own, shared].flatMap(({ error }) => error?.issues ?? []);
  const problems = issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(
    `Expected the environment of ${service} to be complete, got ${problems.join('; ')}`,
  );
}
