import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    bin: 'src/bin.ts',
    guard: 'src/guard/guard-program.ts',
    supervisor: 'src/stack/supervisor.ts',
    'module-reader': 'src/catalog/module-reader.ts',
  },
  format: 'esm',
  platform: 'node',
  target: 'node22.15',
  dts: true,
  fixedExtension: false,
  // What an installed package starts the stack from; in the repository the originals are taken.
  copy: ['tools', 'collector', 'prometheus', 'alertmanager'].map((folder) => ({
    from: `../../${folder}`,
    to: 'dist/stack',
  })),
});
