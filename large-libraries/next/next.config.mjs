import { fileURLToPath } from 'node:url';

/** The repository, whose packages this application uses. */
const root = fileURLToPath(new URL('../..', import.meta.url));

export default {
  output: 'standalone',
  outputFileTracingRoot: root,
  turbopack: { root },
  serverExternalPackages: ['@bellwether/meters', '@opentelemetry/api'],
};
