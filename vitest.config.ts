import { defineConfig } from 'vitest/config';

const conditions = ['@kerbside/source', 'module', 'import', 'default'];

/** Unit, vector and scenario tests: no root, no network namespace. System tests live in e2e/. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['libs/**/*.spec.{ts,tsx}', 'apps/**/*.spec.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.netns.spec.ts'],
    testTimeout: 20_000,
  },
});
