import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressAssets } from './compress-assets.ts';

/** The page: relative addresses, so that any mount path works, and nothing inline, so that a strict CSP does. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), compressAssets()],
  build: {
    outDir: '../dist/page',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 400,
  },
});
