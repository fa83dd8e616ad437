import { join } from 'node:path';
import { defineConfig } from 'tsdown';
import { builtinsUnwrapped } from './build/builtins-unwrapped.ts';
import { bundledLicences } from './build/bundled-licences.ts';
import { oneChunk } from './build/one-chunk.ts';
import { partsAtOnce } from './build/parts-at-once.ts';

const common = {
  format: 'esm',
  platform: 'node',
  target: 'node22.15',
  dts: true,
  fixedExtension: false,
} as const;

/** Loaded only when a variable or a library of the application asks for them. */
const onDemand =
  /^(@opentelemetry\/(auto-instrumentations-node|exporter-|instrumentation|propagator-|sdk-node)|@prisma\/|(import|require)-in-the-middle)/;

export default defineConfig([
  {
    ...common,
    entry: ['src/index.ts', 'src/last-sender.ts', 'src/prom-client.ts'],
    plugins: [partsAtOnce(), builtinsUnwrapped()],
  },
  {
    ...common,
    entry: ['src/register.ts'],
    clean: false,
    outputOptions: {
      comments: { legal: true, annotation: false, jsdoc: false },
      codeSplitting: { groups: [oneChunk(join(import.meta.dirname, 'src/start-sdk.ts'))] },
    },
    deps: { alwaysBundle: /^(?!node:)/, neverBundle: onDemand },
    plugins: [partsAtOnce(), builtinsUnwrapped(), bundledLicences('THIRD-PARTY-NOTICES.txt')],
  },
]);
