import { sdkSays } from '../app/sdk-says.ts';
import { type Check, fail, ok, skipped, warn } from '../check.ts';

const MARK = '[ERR_CONFIG_VALUE]';

export const settings: Check = {
  id: 'settings',
  group: 'app',
  title: 'OTEL_* and BELLWETHER_* variables',
  needs: ['sdk'],
  async run({ app, env, nodeFile }) {
    if (app === undefined) return skipped('no application');
    let lines: readonly string[];
    try {
      lines = await sdkSays(nodeFile, app.folder, env);
    } catch (error) {
      return fail(
        `The SDK cannot be loaded: ${(error as Error).message}`,
        'npm install, and see that the Node.js of the first row is the right one.',
      );
    }
    const wrong = lines
      .filter((line) => line.includes(MARK))
      .map((line) =>
        line
          .replace(/^bellwether: /, '')
          .replace(MARK, '')
          .trim(),
      );
    if (wrong.length > 0) {
      return fail(
        wrong.join(' '),
        'Correct or unset them; docs/reference/configuration.md has every variable.',
      );
    }
    const off = switchedOff(env);
    if (off !== undefined) return warn(off, 'Unset it where telemetry is wanted.');
    const set = Object.keys(env).filter((name) => /^(OTEL|BELLWETHER)_/.test(name));
    return ok(
      set.length === 0 ? 'none is set: every default holds' : `${set.length} set, each readable`,
    );
  },
};

function switchedOff(env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true')
    return 'OTEL_SDK_DISABLED=true: nothing starts';
  if (env.BELLWETHER_ENABLED?.trim().toLowerCase() === 'false')
    return 'BELLWETHER_ENABLED=false: nothing starts';
  const exporters = env.OTEL_METRICS_EXPORTER?.trim();
  if (exporters && !exporters.split(',').some((name) => name.trim() === 'otlp')) {
    return `OTEL_METRICS_EXPORTER=${exporters}: metrics do not go to the Collector`;
  }
  return undefined;
}
