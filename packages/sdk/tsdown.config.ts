import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/register.ts', 'src/last-sender.ts'],
  format: 'esm',
  platform: 'node',
  target: 'node22.15',
  dts: true,
  fixedExtension: false,
});
