import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// As in the configuration of the unit tests.
const conditions = ['@kerbside/source', 'node', 'development|production'];
const interop = process.env['KERBSIDE_INTEROP'] === '1';
const nightly = process.env['KERBSIDE_NIGHTLY'] === '1';

const included = interop
  ? ['e2e/**/*.interop.spec.ts']
  : [
      'e2e/**/*.{netns,system}.spec.ts',
      '{libs,apps}/**/*.netns.spec.ts',
      ...(nightly ? ['e2e/**/*.nightly.spec.ts'] : []),
    ];
// what the machine does beside them would be in what they see: syscalls delayed or traced, idle time
const alone = interop ? included : ['e2e/system/{slow-disk,sync-before-send}.system.spec.ts'];

/**
 * Tests that need namespaces, processes or the built programs: two files at a time, each with
 * namespaces, ports and data of its own; then those that must be alone. `*.interop.spec.ts` (foreign
 * peers) run with nothing else, `*.nightly.spec.ts` by night.
 */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    passWithNoTests: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'side by side',
          include: included,
          exclude: ['**/node_modules/**', '**/dist/**', ...alone],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: alone,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
