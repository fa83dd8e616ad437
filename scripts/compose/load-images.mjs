import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Loads the file trees in `folder`/trees as images of the names that compose.yaml and our Dockerfiles ask for (`bases`). Gives rows `{ image, from }`; throws for an
 * image that nothing stands in for.
 */
export async function loadImages({ socket, compose, folder, bases }) {
  const trees = JSON.parse(readFileSync(join(folder, 'trees.json'), 'utf8'));
  const asked = (await compose('config', '--images')).split('\n');
  const wanted = [
    ...new Set([...asked.filter((name) => !name.startsWith('bellwether/')), ...bases]),
  ];
  const rows = [];
  for (const image of wanted.toSorted()) {
    const tree = trees.find(({ pattern }) => new RegExp(pattern).test(image));
    if (tree === undefined)
      throw new Error(`Expected something to stand in for the image ${image}`);
    load(socket, tree.folder, image, tree.changes);
    rows.push({ image, from: tree.from });
  }
  for (const name of ['packed', 'packed-cli', 'packed-services'].filter((each) =>
    existsSync(join(folder, each)),
  ))
    load(socket, join(folder, name), `bellwether/${name}:e2e`, []);
  return rows;
}

/** By a pipe: a tree becomes an image without a file in between. */
function load(socket, tree, image, changes) {
  const options = changes.flatMap((change) => ['--change', change]);
  execFileSync(
    'sh',
    [
      '-c',
      'tree=$1; shift; tar -C "$tree" -c . | docker import "$@" >/dev/null',
      'sh',
      tree,
      ...options,
      '-',
      image,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, DOCKER_HOST: socket } },
  );
}
