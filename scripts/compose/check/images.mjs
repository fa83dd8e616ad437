import { hostOf, readImageName } from '../registry/image-name.mjs';
import { failed, ok, skipped } from './row.mjs';

const timeoutMs = 5_000;

/** Every image is here, is built here, or can be fetched. Finds out `known.helper`, an image with a shell to look into volumes. */
export async function checkImages({ docker, compose, known }) {
  if (!known.compose || !known.engine) return [skipped('images', 'no Compose or no engine')];
  const asked = await compose('config', '--images');
  if (asked.problem !== undefined) return [skipped('images', 'no configuration')];
  const wanted = [...new Set(asked.text.split('\n'))].toSorted();
  const missing = [];
  for (const image of wanted) {
    const found = await docker('image', 'inspect', '--format', '{{.Id}}', image);
    if (found.problem !== undefined) missing.push(image);
    else if (image.startsWith('bellwether/collector:')) known.helper = image;
  }
  const foreign = missing.filter((image) => !image.startsWith('bellwether/'));
  const rows = [];
  for (const registry of new Set(foreign.map((image) => readImageName(image).registry))) {
    const problem = await reach(hostOf(registry));
    if (problem === undefined) continue;
    const images = foreign.filter((image) => readImageName(image).registry === registry);
    rows.push(
      failed(
        'images',
        `${images.join(', ')}: not here, and ${registry} can not be reached (${problem})`,
        'Bring them by docker load. Where the engine has a mirror or a proxy of its own: docker compose pull.',
      ),
    );
  }
  if (rows.length > 0) return rows;
  const here = `${wanted.length - missing.length} of ${wanted.length} here`;
  return [
    ok('images', missing.length === 0 ? here : `${here}, the others can be fetched or built`),
  ];
}

async function reach(host) {
  try {
    await fetch(`https://${host}/v2/`, { signal: AbortSignal.timeout(timeoutMs) });
    return undefined;
  } catch (error) {
    return error.cause?.code ?? error.name;
  }
}
