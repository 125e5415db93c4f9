// The npm packages, from the lock file.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashContents, readStamp, root, run, SetupError, step, writeStamp } from './steps.mjs';

const LOCKS = ['package-lock.json', 'package.json', '.npmrc'];

/** Whether node_modules holds just what the lock file names, as npm itself noted when it installed. */
function matchesLock() {
  const noted = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(noted)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(noted, 'utf8')).packages;
  const same = (a, b) => a?.version === b?.version && a?.integrity === b?.integrity;
  const current = Object.entries(installed).every(([path, entry]) => same(wanted[path], entry));
  const complete = Object.entries(wanted).every(
    ([path, entry]) =>
      !path.startsWith('node_modules/') ||
      path in installed ||
      entry.optional ||
      entry.devOptional ||
      entry.peer,
  );
  return current && complete;
}

export async function installPackages() {
  const hash = hashContents(LOCKS);
  if (existsSync(join(root, 'node_modules')) && readStamp('lock') === hash) return;
  await step('npm packages', async () => {
    let said = 'as in the lock file';
    if (!matchesLock()) {
      const { code, output } = await run('npm', ['ci', '--no-progress', '--loglevel=error']);
      if (code !== 0) throw new SetupError(`npm ci failed:\n${output.trimEnd()}`);
      said = 'installed from the lock file';
    }
    writeStamp('lock', hash);
    return said;
  });
}

const BINARY = 'build/Release/raw.node';

/** The raw IP sockets, which need a compiler: wanted, not needed. */
export async function buildRawSocket() {
  const folder = join(root, 'node_modules/raw-socket');
  if (!existsSync(folder) || existsSync(join(folder, BINARY))) return;
  const key = `${process.version} ${process.arch}`;
  if (readStamp('raw-socket') === key) return;
  await step('raw IP sockets', async () => {
    writeStamp('raw-socket', key);
    const prefix = dirname(dirname(process.execPath));
    const headers = existsSync(join(prefix, 'include/node/node.h'));
    if (!headers) return 'not built: this Node.js brings no headers; ICMP checks are off';
    // npm's policy for install scripts passes `npm rebuild` over in silence, so node-gyp is run itself.
    const gyp = npmFolders(prefix)
      .map((folder) => join(folder, 'node_modules/node-gyp/bin/node-gyp.js'))
      .find((file) => existsSync(file));
    if (gyp === undefined) return 'not built: npm’s node-gyp was not found; ICMP checks are off';
    await run(process.execPath, [gyp, 'rebuild', `--nodedir=${prefix}`], {
      cwd: folder,
      limit: 180_000,
    });
    if (existsSync(join(folder, BINARY))) return 'built';
    return 'not built (it needs make, g++ and python3); ICMP checks are off';
  });
}

/** Where npm may be installed: the one that started us, and the one beside Node.js. */
function npmFolders(prefix) {
  const started = process.env.npm_execpath;
  return [
    ...(started ? [dirname(dirname(started))] : []),
    join(prefix, 'lib/node_modules/npm'),
    '/usr/share/nodejs/npm',
  ];
}
