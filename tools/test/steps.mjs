// The steps of `npm test`: each shows one line and adds its results to the tally.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, root, run } from '../setup/steps.mjs';
import { readPlaywrightReport } from './playwright-results.mjs';

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const say = (text) => process.stdout.write(text);

/** A check that counts as one test: a command that must end with 0. */
export async function check(tally, title, command, args, options) {
  const started = performance.now();
  const { code, output } = await run(command, args, options);
  if (code === 0) tally.pass();
  else tally.fail(title, output || `exit code ${code}`);
  say(`  ${title.padEnd(26)} ${code === 0 ? 'passed' : 'FAILED'} (${seconds(started)})\n`);
}

/** A check made here: `find` gives the problems, none when all is well. */
export async function checkHere(tally, title, find) {
  const started = performance.now();
  const problems = await find();
  if (problems.length === 0) tally.pass();
  else tally.fail(title, problems.join('\n'));
  say(
    `  ${title.padEnd(26)} ${problems.length === 0 ? 'passed' : 'FAILED'} (${seconds(started)})\n`,
  );
}

/** Runs a command whose output is shown, and gives its exit code with what it wrote to stderr. */
function shown(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
      process.stderr.write(text);
    });
    child.on('error', (error) => resolve({ code: 127, stderr: error.message }));
    child.on('close', (code, signal) =>
      resolve({ code: code ?? 1, stderr: `${stderr}${signal ?? ''}` }),
    );
  });
}

/** Runs tests that write their results to a file; a runner that fails without saying why fails once. */
async function runner(tally, title, command, args, env, read) {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'kerbside-test-'));
  const file = join(folder, 'results.json');
  say(`  ${title}\n`);
  try {
    const { code, stderr } = await shown(command, args, env(file));
    const results = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
    if (results) tally.add(results);
    if (code !== 0 && (results === undefined || results.failures.length === 0)) {
      tally.fail(title, `the test runner ended with exit code ${code}\n${stderr}`);
    }
    if (results) {
      const { passed, failures, skips } = results;
      const counts = `${passed} passed, ${failures.length} failed, ${skips.length} skipped`;
      say(`  ${title.padEnd(26)} ${counts} (${seconds(started)})\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs Vitest with a configuration file, and more arguments. */
export function vitest(tally, title, config, more = [], env = {}) {
  const reporter = join(root, 'tools/test/vitest-reporter.mjs');
  const args = ['run', '--config', config, `--reporter=${reporter}`, ...more];
  const withFile = (file) => ({ ...env, KERBSIDE_TALLY_FILE: file });
  return runner(tally, title, bin('vitest'), args, withFile, (results) => results);
}

/** Runs Playwright against Debian's Chromium. */
export function playwright(tally, title, config) {
  const args = ['test', '--config', config, '--reporter=json,line'];
  const withFile = (file) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: file, FORCE_COLOR: '0' });
  return runner(tally, title, bin('playwright'), args, withFile, readPlaywrightReport);
}
