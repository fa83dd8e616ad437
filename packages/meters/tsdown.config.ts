import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['index', 'conventions', 'presets', 'prometheus', 'runtime'].map(
    (name) => `src/${name}.ts`,
  ),
  format: 'esm',
  platform: 'node',
  target: 'node22.15',
  dts: true,
  fixedExtension: false,
});
