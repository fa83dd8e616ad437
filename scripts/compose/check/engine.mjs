import { failed, ok } from './row.mjs';

/** What the stack was tried with is newer (Compose 2.40) or just that (engine 20.10). */
export const oldestCompose = '2.30.0';
export const oldestEngine = '20.10.0';

/** Compose and the engine answer, and are not too old. Finds out `known.engine` and `known.compose`. */
export async function checkEngine({ docker, compose, known }) {
  const rows = [];
  const version = await compose('version', '--short');
  const install = `Install Docker Compose ${oldestCompose} or newer: https://docs.docker.com/compose/install/`;
  if (version.problem !== undefined) {
    rows.push(failed('compose', `Docker Compose does not run: ${version.problem}`, install));
  } else if (isOlder(version.text, oldestCompose)) {
    rows.push(
      failed('compose', `Docker Compose is ${version.text}, older than ${oldestCompose}`, install),
    );
  } else {
    known.compose = true;
    rows.push(ok('compose', version.text));
  }

  const info = await docker('info', '--format', '{{json .}}');
  const found = info.text === undefined ? {} : JSON.parse(info.text);
  const problem = info.problem ?? found.ServerErrors?.[0];
  if (problem !== undefined) {
    const start = 'Start it (systemctl start docker), or name another one by DOCKER_HOST.';
    return [...rows, failed('engine', `the Docker engine does not answer: ${problem}`, start)];
  }
  known.engine = found;
  const { ServerVersion } = found;
  return [
    ...rows,
    isOlder(ServerVersion, oldestEngine)
      ? failed('engine', `the Docker engine is ${ServerVersion}, older than ${oldestEngine}`)
      : ok('engine', ServerVersion),
  ];
}

function isOlder(version, oldest) {
  const numbers = (text) => (text.match(/\d+/g) ?? []).slice(0, 3).map(Number);
  const [given, least] = [numbers(version), numbers(oldest)];
  const at = least.findIndex((number, index) => (given[index] ?? 0) !== number);
  return at !== -1 && (given[at] ?? 0) < least[at];
}
