import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const charger = process.env['KERBSIDE_DEV_CHARGER'] ?? 'http://127.0.0.1:8090';

/** The admin UI: hashed assets, nothing inlined (a strict CSP holds), vendors apart so that they stay cached. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  resolve: { conditions: ['@kerbside/source', 'module', 'browser', 'import', 'default'] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { proxy: { '/api': { target: charger, ws: true } } },
});
