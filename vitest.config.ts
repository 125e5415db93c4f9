import { defineConfig } from 'vitest/config';

// no 'import' or 'module' here: these reach Node's own require(), where they pick the wrong file
const conditions = ['@kerbside/source', 'node', 'development|production'];

/** Unit, vector and scenario tests: no root, no network namespace. System tests live in e2e/. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [
      'libs/**/*.spec.{ts,tsx}',
      'apps/**/*.spec.{ts,tsx}',
      'tools/**/*.spec.mjs',
      'docker/**/*.spec.mjs',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.netns.spec.ts'],
    testTimeout: 20_000,
  },
});
