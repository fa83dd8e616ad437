import satisfies from 'semver/functions/satisfies.js';
import { type Check, ok, warn } from '../check.ts';
import { SUPPORTED_LIBRARIES } from './supported-libraries.ts';

export const libraries: Check = {
  id: 'libraries',
  group: 'app',
  title: 'Libraries in versions that the SDK measures',
  needs: ['sdk'],
  run({ app }) {
    const graph = app?.packages();
    const found = Object.entries(SUPPORTED_LIBRARIES).flatMap(([name, range]) =>
      (graph?.copiesOf(name) ?? []).map(({ version, neededBy }) => ({
        name,
        range,
        version,
        neededBy,
      })),
    );
    const strange = found.filter(
      ({ version, range }) => !satisfies(version, range, { includePrerelease: true }),
    );
    if (strange.length > 0) {
      return warn(
        `Not measured: ${strange.map(({ name, version, range, neededBy }) => `${name} ${version} of ${neededBy} (measured: ${range})`).join(', ')}`,
        'Bring them to a version in that range. Until then the library works, without metrics and spans of its own.',
      );
    }
    return ok(
      found.length === 0
        ? 'none of those that the SDK measures by itself is installed'
        : found.map(({ name, version }) => `${name} ${version}`).join(', '),
    );
  },
};
