import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { root } from '../setup/steps.mjs';
import { check, vitest } from './steps.mjs';
import { Tally } from './tally.mjs';

describe('a step of npm test', () => {
  let folder;
  let tally;
  beforeEach(() => {
    tally = new Tally();
    // Inside the project, so that the tests in it find Vitest; a name that no other run takes up.
    folder = mkdtempSync(join(root, 'node_modules/.cache/step-'));
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });
  const put = (name, text) => writeFileSync(join(folder, name), text);
  const report = () => {
    let text = '';
    tally.report((piece) => (text += piece));
    return text;
  };

  async function run(config = '') {
    put(
      'vitest.config.mjs',
      `export default { root: ${JSON.stringify(folder)}, test: {
        include: ['*.t.mjs'], exclude: [], isolate: false, ${config} } };`,
    );
    const quiet = { KERBSIDE_TALLY_QUIET: '1' };
    await vitest(tally, 'inner tests', join(folder, 'vitest.config.mjs'), [], quiet);
  }

  it('tells passed, failed and skipped tests, with the reasons', async () => {
    put(
      'a.t.mjs',
      `import { describe, expect, it } from 'vitest';
       it('works', () => {});
       it('breaks', () => expect([1, 2]).toEqual([1, 3]));
       it('finds nothing', (context) => context.skip('no camera here'));
       describe.skipIf(true)('a group (needs luck)', () => it('waits', () => {}));
       it.todo('to be done');`,
    );
    await run();
    const text = report();
    expect(text).toMatch(/\n1 passed, 1 failed, 3 skipped\n$/);
    expect(text).toMatch(/a\.t\.mjs > breaks\n +AssertionError: expected \[ 1, 2 \]/);
    expect(text).toMatch(/\n {2}no camera here\n {4}.*finds nothing\n/);
    expect(text).toMatch(/\n {2}needs luck\n {4}.*waits\n/);
    expect(text).toMatch(/\n {2}no reason given\n {4}.*to be done\n/);
  });

  it('fails when a file can’t be loaded', async () => {
    put('a.t.mjs', `import { it } from 'vitest'; it('works', () => {});`);
    put('b.t.mjs', `import './not-there.mjs';`);
    await run();
    expect(report()).toMatch(/b\.t\.mjs\n.*not-there[^]*\n1 passed, 1 failed, 0 skipped\n$/);
  });

  it('fails when an error escapes from a test', async () => {
    put(
      'a.t.mjs',
      `import { it } from 'vitest';
       it('works', async () => {
         Promise.reject(new Error('nobody waits for me'));
         await new Promise((resolve) => setTimeout(resolve, 20));
       });`,
    );
    await run();
    expect(report()).toMatch(/nobody waits for me[^]*\n1 passed, 1 failed, 0 skipped\n$/);
  });

  it('fails when the runner crashes, or finds no test at all', async () => {
    await run('reporters: 5,,');
    expect(report()).toMatch(/ended with exit code 1[^]*\n0 passed, 1 failed, 0 skipped\n$/);
    tally = new Tally();
    await run();
    expect(report()).toMatch(/\n0 passed, 1 failed, 0 skipped\n$/);
  });

  it('counts a check as one test, and shows what it printed when it fails', async () => {
    await check(tally, 'good', process.execPath, ['-e', '']);
    await check(tally, 'bad', process.execPath, ['-e', 'console.log("why"); process.exit(3)']);
    await check(tally, 'absent', '/not/there', []);
    expect(report()).toMatch(/\n {2}bad\n {4}why\n\n {2}absent\n.*ENOENT\n\n1 passed, 2 failed/);
  });
});
