import { describe, expect, it } from 'vitest';
import { lockFileProblems } from './lock-file.mjs';
import { readPlaywrightReport } from './playwright-results.mjs';
import { Tally } from './tally.mjs';

const told = (tally) => {
  let text = '';
  tally.report((piece) => (text += piece));
  return text;
};

describe('the tally', () => {
  it('ends with the counts, after failures in full and skips by their reason', () => {
    const tally = new Tally();
    tally.pass(3);
    tally.fail('a check', 'first line\nsecond line\n');
    tally.skip('one', 'not root');
    tally.skip('two', 'not root');
    tally.skip('three');
    expect(told(tally)).toBe(
      '\nFailed:\n\n  a check\n    first line\n    second line\n' +
        '\nSkipped:\n\n  not root\n    one\n    two\n\n  no reason given\n    three\n' +
        '\n3 passed, 1 failed, 3 skipped\n',
    );
    expect(tally.failed).toBe(1);
  });

  it('says no more than the counts when all is well', () => {
    const tally = new Tally();
    tally.add({ passed: 2, failures: [], skips: [] });
    expect(told(tally)).toBe('\n2 passed, 0 failed, 0 skipped\n');
  });
});

describe('the lock file', () => {
  const lock = (entry) => JSON.stringify({ packages: { '': {}, 'node_modules/a': entry } });
  it('may name no host', () => {
    const good = { version: '1.0.0', integrity: 'sha512-x' };
    expect(lockFileProblems(lock(good))).toEqual([]);
    expect(lockFileProblems(lock({ ...good, resolved: 'https://example.org/a.tgz' }))).toEqual([
      'node_modules/a is resolved to an address: https://example.org/a.tgz',
    ]);
    expect(lockFileProblems(lock({ ...good, resolved: 'git+ssh://git@x/a.git' }))).toHaveLength(1);
  });
  it('has a hash of every package but our own', () => {
    expect(lockFileProblems(lock({ version: '1.0.0' }))).toEqual([
      'node_modules/a has no integrity hash',
    ]);
    expect(lockFileProblems(lock({ resolved: 'libs/a', link: true }))).toEqual([]);
  });
});

describe('Playwright’s report', () => {
  const spec = (title, test) => ({
    title,
    file: 'a.ui.spec.ts',
    tests: [{ projectName: 'phone', annotations: [], results: [], ...test }],
  });
  it('is counted test by test', () => {
    const results = readPlaywrightReport({
      errors: [],
      suites: [
        {
          title: 'a.ui.spec.ts',
          file: 'a.ui.spec.ts',
          specs: [spec('works', { status: 'expected' })],
          suites: [
            {
              title: 'a group (needs luck)',
              specs: [
                spec('breaks', {
                  status: 'unexpected',
                  results: [{ errors: [{ stack: '\u001B[31mboom\u001B[0m\n  at a.ts:1' }] }],
                }),
                spec('works at times', { status: 'flaky' }),
                spec('waits', { status: 'skipped' }),
                spec('is not here', {
                  status: 'skipped',
                  annotations: [{ type: 'skip', description: 'no camera' }],
                }),
              ],
            },
          ],
        },
      ],
    });
    const title = (name) => `[phone] a.ui.spec.ts > a group (needs luck) > ${name}`;
    expect(results).toEqual({
      passed: 1,
      failures: [
        { title: title('breaks'), detail: 'boom\n  at a.ts:1' },
        { title: title('works at times'), detail: 'ended as flaky' },
      ],
      skips: [
        { title: title('waits'), reason: 'needs luck' },
        { title: title('is not here'), reason: 'no camera' },
      ],
    });
  });
  it('counts an error outside of tests as a failure', () => {
    const results = readPlaywrightReport({ suites: [], errors: [{ message: 'no web server' }] });
    expect(results.failures).toEqual([
      { title: 'Playwright, outside of any test', detail: 'no web server' },
    ]);
  });
});
