import { ok, skipped, warning } from './row.mjs';

/** What runs is what compose.yaml names, and of our own images the build that is here: an upgrade that stopped half-way is said. */
export async function checkRunning({ docker, compose, known }) {
  if (!known.compose || !known.engine) return [skipped('upgrade', 'no Compose or no engine')];
  const [config, running] = [
    await compose('config', '--format', 'json'),
    await compose('ps', '--quiet'),
  ];
  if (config.problem !== undefined || running.problem !== undefined)
    return [skipped('upgrade', 'no configuration')];
  const ids = running.text.split('\n').filter(Boolean);
  if (ids.length === 0) return [ok('upgrade', 'nothing runs')];
  const inspected = await docker('inspect', ...ids);
  if (inspected.problem !== undefined) return [skipped('upgrade', inspected.problem)];
  const { services } = JSON.parse(config.text);
  const other = [];
  for (const { Image: id, Config } of JSON.parse(inspected.text)) {
    const service = Config.Labels['com.docker.compose.service'];
    const wanted = services[service]?.image;
    if (wanted === undefined) continue;
    if (wanted !== Config.Image) {
      other.push(`${service} runs ${Config.Image} and not ${wanted}`);
      continue;
    }
    const here = await docker('image', 'inspect', '--format', '{{.Id}}', wanted);
    if (here.text !== undefined && here.text !== id)
      other.push(`${service} runs another build of ${wanted}`);
  }
  return other.length === 0
    ? [ok('upgrade', `${ids.length} containers are what compose.yaml names`)]
    : [
        warning(
          'upgrade',
          `half an upgrade: ${other.toSorted().join('; ')}`,
          'docker compose up -d --wait finishes it, and volumes stay. Back is the compose.yaml of the release before (docs/guides/upgrade.md).',
        ),
      ];
}
