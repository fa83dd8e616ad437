import { withSettingFiles } from '@bellwether/example-service';
import { z } from 'zod';

const Settings = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Orders from then until now. Default: those of yesterday, in UTC. */
  BATCH_SINCE: z.iso.datetime().optional(),
});

const { data, error } = Settings.safeParse(withSettingFiles(process.env, ['DATABASE_URL']));
if (error !== undefined) {
  const problems = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(
    `Expected the environment of the nightly job to be complete, got ${problems.join('; ')}`,
  );
}

export const settings = Object.freeze(data);
