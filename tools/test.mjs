// `npm test`: sets up, then runs everything; `--nightly` the long runs; `--interop` foreign peers.
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { report, setUp } from './setup.mjs';
import { FOR_TESTS } from './setup/packages-debian.mjs';
import { bin, root, run } from './setup/steps.mjs';
import { generatedProblems } from './test/generated.mjs';
import { linkProblems } from './test/links.mjs';
import { lockFileProblems } from './test/lock-file.mjs';
import { check, checkHere, playwright, vitest } from './test/steps.mjs';
import { Tally } from './test/tally.mjs';

const UNIT = 'vitest.config.ts';
const SYSTEM = 'e2e/vitest.config.ts';
const BROWSER = 'e2e/playwright.config.ts';

async function staticChecks(tally) {
  await check(tally, 'format', bin('prettier'), ['--check', '--log-level', 'warn', '.']);
  await check(tally, 'lint', bin('oxlint'), ['--quiet']);
  const rules = ['--config', '.dependency-cruiser.cjs', '--output-type', 'err'];
  await check(tally, 'layers', bin('depcruise'), ['apps', 'libs', ...rules]);
  await check(tally, 'types', bin('tsc'), ['-b']);
  await check(tally, 'types of tests', bin('tsc'), ['-p', 'tsconfig.tests.json']);
  await checkHere(tally, 'lock file', () => lockFileProblems());
  await checkHere(tally, 'generated files', generatedProblems);
  await checkHere(tally, 'links of documents', linkProblems);
}

async function browserTests(tally) {
  if (!existsSync(join(root, BROWSER))) return;
  const { code } = await run('/usr/bin/chromium', ['--version']);
  if (code === 0) await playwright(tally, 'browser tests', BROWSER);
  else tally.skip('browser tests', 'Debian’s Chromium is not installed: apt-get install chromium');
}

/** The four images, replayed, composed, and a charge in them: some minutes, and some gigabytes meanwhile. */
async function containers(tally) {
  if (process.getuid?.() !== 0) return tally.skip('containers', 'needs root, for chroot');
  const { code } = await run('debootstrap', ['--version']);
  if (code !== 0)
    return tally.skip('containers', 'debootstrap is not installed: apt-get install debootstrap');
  await check(tally, 'containers', process.execPath, ['docker/replay.mjs'], {
    limit: 60 * 60_000,
  });
}

/** A test that runs its loop a thousand times as often needs its time. */
const LONG = ['--testTimeout=14400000', '--hookTimeout=600000'];

/** How long the long runs are; a seed given in the environment repeats a night. */
function nightlyEnvironment() {
  const wanted = {
    KERBSIDE_NIGHTLY: '1',
    KERBSIDE_SEED: String(randomInt(2 ** 31)),
    KERBSIDE_FUZZ_RUNS: '100000',
    KERBSIDE_EXI_VALUES: '1000000',
    KERBSIDE_EXI_STREAMS: '1000000',
    KERBSIDE_SLAC_RUNS: '10000',
    KERBSIDE_SLAC_FRAMES: '1000000',
    KERBSIDE_KILL_RUNS: '500',
    KERBSIDE_SOAK_MINUTES: '60',
  };
  return Object.fromEntries(
    Object.entries(wanted).map(([name, value]) => [name, process.env[name] ?? value]),
  );
}

const kinds = {
  async default(tally) {
    await staticChecks(tally);
    await vitest(tally, 'unit and scenario tests', UNIT);
    await vitest(tally, 'system tests', SYSTEM);
    await browserTests(tally);
  },
  async nightly(tally) {
    const env = nightlyEnvironment();
    for (const [name, value] of Object.entries(env)) process.stdout.write(`  ${name}=${value}\n`);
    await vitest(tally, 'unit and scenario tests', UNIT, LONG, env);
    await vitest(tally, 'system tests', SYSTEM, LONG, env);
    await containers(tally);
  },
  async interop(tally) {
    await vitest(tally, 'foreign peers', SYSTEM, [], { KERBSIDE_INTEROP: '1' });
  },
};

const argument = process.argv[2]?.replace(/^--/, '') ?? 'default';
const tally = new Tally();
try {
  if (!(argument in kinds))
    throw new Error(`unknown: ${process.argv[2]}; there are --nightly, --interop`);
  await setUp({ debian: FOR_TESTS });
  await kinds[argument](tally);
} catch (error) {
  tally.fail('the test run itself', error.stack ?? String(error));
  report(error);
}
tally.report((text) => process.stdout.write(text));
process.exitCode = tally.failed > 0 ? 1 : 0;
