/**
 * The parts of an image's name as Docker reads it: `{ registry, repository, tag }`. The first part is a registry where it has a dot or a port; all else is
 * of docker.io, and there a name without a slash is one of its library.
 * https://github.com/distribution/reference
 */
export function readImageName(name) {
  const [, path, tag] = /^(.+?)(?::([\w][\w.-]*))?(?:@sha256:[0-9a-f]{64})?$/.exec(name) ?? [];
  if (path === undefined || tag === undefined)
    throw new Error(`Expected an image with a tag, such as prom/prometheus:v3.15.0, got ${name}`);
  const [first, ...rest] = path.split('/');
  if (rest.length > 0 && (/[.:]/.test(first) || first === 'localhost'))
    return { registry: first, repository: rest.join('/'), tag };
  return { registry: 'docker.io', repository: rest.length === 0 ? `library/${path}` : path, tag };
}

/** The host to ask for a registry. */
export const hostOf = (registry) => (registry === 'docker.io' ? 'registry-1.docker.io' : registry);
