import { failed, ok, skipped } from './row.mjs';

/** Each volume that is there already can be written by its service, tried as the service's user. */
export async function checkVolumes({ docker, compose, known }) {
  if (!known.compose || !known.engine) return [skipped('volumes', 'no Compose or no engine')];
  const config = await compose('config', '--format', 'json');
  if (config.problem !== undefined) return [skipped('volumes', 'no configuration')];
  const { services, volumes = {} } = JSON.parse(config.text);
  const listed = await docker('volume', 'ls', '--format', '{{.Name}}');
  const there = new Set((listed.text ?? '').split('\n'));
  const mounts = Object.entries(services).flatMap(([service, { user, volumes: own = [] }]) =>
    own
      .filter(({ type, read_only }) => type === 'volume' && read_only !== true)
      .map(({ source }) => ({ service, user, volume: volumes[source]?.name ?? source }))
      .filter(({ volume }) => there.has(volume)),
  );
  if (mounts.length === 0) return [ok('volumes', 'none yet')];
  if (known.helper === undefined)
    return [
      skipped('volumes', 'no image of ours to look into them: docker compose build collector'),
    ];
  const rows = [];
  for (const { service, user, volume } of mounts) {
    const tried = await docker(
      ...['run', '--rm', '--network', 'none', '--read-only', '--cap-drop', 'ALL', '--user', user],
      ...['--volume', `${volume}:/volume:nocopy`, '--entrypoint', '/busybox', known.helper],
      ...['test', '-w', '/volume'],
    );
    if (tried.problem !== undefined)
      rows.push(
        failed(
          'volumes',
          `${volume} can not be written by ${service} (user ${user})`,
          `docker run --rm --user 0 --volume ${volume}:/volume --entrypoint /busybox ${known.helper} chown -R ${user} /volume`,
        ),
      );
  }
  return rows.length > 0 ? rows : [ok('volumes', `${mounts.length} can be written`)];
}
