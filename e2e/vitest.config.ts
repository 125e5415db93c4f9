import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// As in the configuration of the unit tests.
const conditions = ['@kerbside/source', 'node', 'development|production'];
const interop = process.env['KERBSIDE_INTEROP'] === '1';
const nightly = process.env['KERBSIDE_NIGHTLY'] === '1';

/**
 * Tests that need namespaces, processes or the built programs. One file at a time, since they watch
 * the whole machine; `*.interop.spec.ts` (foreign peers) run alone, `*.nightly.spec.ts` by night.
 */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: interop
      ? ['e2e/**/*.interop.spec.ts']
      : [
          'e2e/**/*.{netns,system}.spec.ts',
          '{libs,apps}/**/*.netns.spec.ts',
          ...(nightly ? ['e2e/**/*.nightly.spec.ts'] : []),
        ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    passWithNoTests: true,
  },
});
