// The Debian packages: installed when root, else named in one command to run.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, step } from './steps.mjs';

export const FOR_START = [
  'iproute2',
  'iptables',
  'nftables',
  'conntrack',
  'radvd',
  'udhcpd',
  'busybox',
  'procps',
  'util-linux',
];
export const FOR_TESTS = [
  ...FOR_START,
  'chromium',
  'curl',
  'tcpdump',
  'tshark',
  'strace',
  'debootstrap',
];

async function missingOf(packages) {
  const { code, output } = await run('dpkg-query', [
    '-W',
    '-f',
    '${Package} ${db:Status-Status}\n',
    ...packages,
  ]);
  if (code === 127) return undefined;
  const installed = new Set(
    output
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return packages.filter((name) => !installed.has(name));
}

/** Installs what is missing. Never fatal: what can't be had is said, and what needs it says so again. */
export async function installDebianPackages(packages) {
  const missing = await missingOf(packages);
  if (missing === undefined || missing.length === 0) return;
  await step('Debian packages', async () => {
    const list = missing.join(' ');
    const command = `apt-get install --no-install-recommends ${list}`;
    if (process.getuid?.() !== 0) return `missing: ${list}. To install them: sudo ${command}`;
    const problem = await withServicesHeld((prefix) => install(prefix, missing));
    const left = await missingOf(missing);
    if (left.length === 0) return `installed ${list}`;
    return `could not install ${left.join(' ')}: ${problem}. Going on without; to try again: ${command}`;
  });
}

async function install(prefix, packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'apt-get', '-q', '-y', ...args];
    return run(command, rest, { env });
  };
  const wanted = [
    'install',
    '--no-install-recommends',
    '-o',
    'DPkg::Lock::Timeout=120',
    ...packages,
  ];
  let result = await apt(...wanted);
  if (result.code !== 0) {
    // The lists may be absent or too old to find the files.
    const update = await apt('update', '-o', 'Acquire::Retries=1');
    result = await apt(...wanted);
    if (result.code !== 0 && update.code !== 0) result = update;
  }
  const lines = result.output.split('\n').filter((line) => /^[EW]: /.test(line));
  return lines.at(-1)?.slice(3) ?? 'apt-get failed';
}

const POLICY = '/usr/sbin/policy-rc.d';
const MARK = '# written by the set-up of Kerbside, which removes it again';
const DENY = `#!/bin/sh\n${MARK}\nexit 101\n`;

/** Runs `work` while no package may start a service, by Debian's policy-rc.d, and leaves none behind. */
async function withServicesHeld(work) {
  const left = existsSync(POLICY) && readFileSync(POLICY, 'utf8').includes(MARK);
  if (left) rmSync(POLICY);
  if (existsSync(POLICY)) {
    // The machine has its own policy: cover it, for apt's eyes only, in a mount namespace. Where
    // there are none (in a chroot), that policy stands.
    if ((await run('unshare', ['--mount', 'true'])).code !== 0) return await work([]);
    const folder = mkdtempSync(join(tmpdir(), 'kerbside-policy-'));
    const cover = join(folder, 'policy-rc.d');
    writeFileSync(cover, DENY);
    chmodSync(cover, 0o755);
    try {
      const script = 'mount --bind "$0" "$1" && shift && exec "$@"';
      return await work(['unshare', '--mount', 'sh', '-c', script, cover, POLICY]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const remove = () => rmSync(POLICY, { force: true });
  const onSignal = () => {
    remove();
    process.exit(130);
  };
  writeFileSync(POLICY, DENY);
  chmodSync(POLICY, 0o755);
  process.on('exit', remove);
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    return await work([]);
  } finally {
    remove();
    process.off('exit', remove);
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}
