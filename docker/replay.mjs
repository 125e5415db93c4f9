// Replays Dockerfiles in roots made by debootstrap, for machines without a container engine, and runs the result as
// compose.yaml composes it: its networks, names, environment, volumes, users and capabilities.
// node docker/replay.mjs [charger|rig|vehicle|csms ...]   root only; exit code 0 when every entry point got ready and,
// with all four, a vehicle has charged and its transaction is in the CSMS
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCompose } from './replay/compose.mjs';
import { buildNetworks } from './replay/network.mjs';
import { parseDockerfile } from './replay/dockerfile.mjs';
import { copyFiltered } from './replay/copy.mjs';

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const compose = readCompose(readFileSync(path.join(repository, 'docker/compose.yaml'), 'utf8'));
// in the order in which they start
const ALL = compose.services.map(({ name }) => name);
const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ALL;

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
function must(command, args, options = {}) {
  const done = spawnSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  if (done.status !== 0)
    fail(
      `${command} ${args.join(' ')}: ${done.error?.message ?? `exit code ${done.status}`}\n` +
        `${String(done.stdout ?? '').slice(-3000)}\n${String(done.stderr ?? '').slice(-3000)}`,
    );
  return String(done.stdout);
}

if (process.getuid?.() !== 0) fail('replaying a Dockerfile needs root (chroot)');
if (spawnSync('debootstrap', ['--version']).status !== 0)
  fail('debootstrap is not installed: apt-get install debootstrap');
for (const name of wanted)
  if (!ALL.includes(name)) fail(`no Dockerfile for "${name}": ${ALL.join(', ')}`);

const work = mkdtempSync(path.join(tmpdir(), 'kerbside-replay-'));
const running = [];
let network;
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  unmountAll();
  network?.remove();
  // gigabytes in many files: faster than file by file from here
  spawnSync('rm', ['-rf', '--one-file-system', work]);
});
process.on('SIGINT', () => process.exit(130));

const mounts = [];
function mount(args, target) {
  must('mount', [...args, target]);
  mounts.push(target);
}
function unmountAll() {
  for (const target of mounts.splice(0).reverse()) spawnSync('umount', ['-l', target]);
}

/** The base image: a minimal bookworm with the Node.js that runs this script. */
function makeBase() {
  const base = path.join(work, 'base');
  process.stdout.write('base image: debootstrap bookworm\n');
  const mirror = process.env.KERBSIDE_DEBIAN_MIRROR ?? mirrorOfThisMachine();
  must('debootstrap', [
    '--variant=minbase',
    '--include=ca-certificates',
    'bookworm',
    base,
    ...(mirror ? [mirror] : []),
  ]);
  const prefix = path.dirname(path.dirname(process.execPath));
  mkdirSync(path.join(base, 'usr/local/bin'), { recursive: true });
  cpSync(process.execPath, path.join(base, 'usr/local/bin/node'));
  const headers = path.join(prefix, 'include/node');
  if (!existsSync(path.join(headers, 'node.h'))) fail('include/node was not found beside node');
  cpSync(headers, path.join(base, 'usr/local/include/node'), { recursive: true });
  const npm = [path.join(prefix, 'lib/node_modules/npm'), '/usr/lib/node_modules/npm'].find((dir) =>
    existsSync(dir),
  );
  if (!npm) fail('npm was not found beside node');
  cpSync(npm, path.join(base, 'usr/local/lib/node_modules/npm'), {
    recursive: true,
    dereference: true,
  });
  must('ln', [
    '-s',
    '../lib/node_modules/npm/bin/npm-cli.js',
    path.join(base, 'usr/local/bin/npm'),
  ]);
  must('ln', [
    '-s',
    '../lib/node_modules/npm/bin/npx-cli.js',
    path.join(base, 'usr/local/bin/npx'),
  ]);
  // the machine's own way to the registries: mirrors, proxies, certificates
  for (const file of [
    '/etc/apt/sources.list',
    '/etc/apt/sources.list.d',
    '/etc/apt/apt.conf.d',
    '/etc/resolv.conf',
    '/etc/hosts',
    '/etc/ssl/certs',
    '/usr/local/share/ca-certificates',
    '/root/.npmrc',
  ])
    if (existsSync(file)) {
      // what lies there already may be links out of the root: never written through
      rmSync(path.join(base, file), { recursive: true, force: true });
      mkdirSync(path.dirname(path.join(base, file)), { recursive: true });
      must('cp', ['-aL', file, path.join(base, file)]);
    }
  return base;
}

function mirrorOfThisMachine() {
  const lists = [
    '/etc/apt/sources.list',
    ...(existsSync('/etc/apt/sources.list.d')
      ? readdirSync('/etc/apt/sources.list.d').map((name) => `/etc/apt/sources.list.d/${name}`)
      : []),
  ];
  for (const file of lists.filter((name) => existsSync(name) && statSync(name).isFile())) {
    const text = readFileSync(file, 'utf8');
    const found =
      /^deb\s+(?:\[[^\]]*\]\s+)?(https?:\S+)\s+bookworm\s/m.exec(text) ??
      /^URIs:\s*(https?:\S+)/m.exec(text);
    if (found) return found[1];
  }
  return undefined;
}

/** One stage of a Dockerfile: a copy of its base in which its steps are replayed. */
class Stage {
  constructor(root) {
    this.root = root;
    this.env = {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: '/root',
    };
    for (const name of [
      'http_proxy',
      'https_proxy',
      'no_proxy',
      'npm_config_registry',
      'NODE_EXTRA_CA_CERTS',
    ])
      if (process.env[name]) this.env[name] = process.env[name];
    this.directory = '/';
    this.user = undefined;
    this.entrypoint = [];
  }

  inside(file) {
    return path.join(this.root, path.resolve(this.directory, file));
  }

  mounted() {
    mount(['-t', 'proc', 'proc'], path.join(this.root, 'proc'));
  }

  run(command) {
    mkdirSync(this.inside('.'), { recursive: true });
    must('chroot', [this.root, '/bin/sh', '-c', `cd ${this.directory} && ${command}`], {
      env: this.env,
      maxBuffer: 1 << 28,
    });
  }

  /** Starts the entry point as its user, in a network, with capabilities; `ready` resolves with its line. */
  start({ environment, dropsAll, capabilities }, namespace) {
    const bounds = ['-all', ...capabilities.map((name) => `+${name}`)].join(',');
    const prelude = [
      'setpriv',
      ...(this.user ? [`--reuid=${this.user}`, `--regid=${this.user}`, '--clear-groups'] : []),
      ...(dropsAll ? ['--inh-caps=-all', `--bounding-set=${bounds}`] : []),
    ];
    const enter = [`--net=/run/netns/${namespace}`, 'chroot', this.root];
    const child = spawn('nsenter', [...enter, ...prelude, ...this.entrypoint], {
      env: { ...this.env, HOME: '/data', ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let errors = '';
    child.lastWords = () => errors;
    child.stderr.on('data', (chunk) => (errors = `${errors}${chunk}`.slice(-4000)));
    const ready = new Promise((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (chunk) => {
        text += chunk;
        const line = text.split('\n').find((candidate) => candidate.includes('"event":"ready"'));
        if (line) resolve(line);
      });
      child.on('exit', (code) => reject(new Error(`ended with exit code ${code}\n${errors}`)));
      setTimeout(() => reject(new Error(`not ready within 30 s\n${errors}`)), 30_000).unref();
    });
    return { child, ready };
  }
}

/** Stages that begin with the same steps are built once, as an engine's cache does. */
const built = new Map();

function replay(name, base) {
  const stages = new Map();
  let last;
  const text = readFileSync(path.join(repository, 'docker', `${name}.Dockerfile`), 'utf8');
  for (const { name: stageName, steps } of parseDockerfile(text)) {
    const key = JSON.stringify(steps);
    let stage = built.get(key);
    if (stage) process.stdout.write(`${name}: ${stageName ?? 'stage'}: as built before\n`);
    else {
      const root = path.join(work, `${name}-${stages.size}`);
      must('cp', ['-a', '--reflink=auto', base, root]);
      stage = new Stage(root);
      stage.mounted();
      for (const step of steps) perform(step, stage, stages, name);
      if (!key.includes('--from=')) built.set(key, stage);
    }
    stages.set(stageName ?? String(stages.size), stage);
    last = stage;
  }
  return last;
}

function perform(step, stage, stages, name) {
  process.stdout.write(
    `${name}: ${step.instruction} ${step.text.replace(/\s+/g, ' ').slice(0, 110)}\n`,
  );
  switch (step.instruction) {
    case 'WORKDIR':
      stage.directory = path.resolve(stage.directory, step.text);
      mkdirSync(stage.inside('.'), { recursive: true });
      return;
    case 'ENV':
      for (const pair of step.text.split(/\s+/))
        stage.env[pair.slice(0, pair.indexOf('='))] = pair.slice(pair.indexOf('=') + 1);
      return;
    case 'RUN':
      return stage.run(step.text);
    case 'COPY': {
      const words = step.text.split(/\s+/);
      const from = words[0].startsWith('--from=')
        ? stages.get(words.shift().slice('--from='.length))
        : undefined;
      const target = words.pop();
      for (const source of words) {
        const origin = from ? path.join(from.root, source) : path.join(repository, source);
        copyFiltered(
          origin,
          stage.inside(target),
          target.endsWith('/'),
          from ? undefined : repository,
        );
      }
      return;
    }
    case 'USER':
      stage.user = must('chroot', [stage.root, 'id', '-u', step.text]).trim();
      return;
    case 'ENTRYPOINT':
      stage.entrypoint = JSON.parse(step.text);
      return;
    case 'VOLUME':
    case 'EXPOSE':
      return;
    default:
      fail(`${name}: the instruction ${step.instruction} can't be replayed`);
  }
}

/** A volume as an engine makes it: at its first use it takes owner and mode from the image, where that has the folder. */
const volumes = new Map();
function volumeOf(name, stage, target) {
  const made = volumes.get(name);
  if (made) return made;
  const folder = path.join(work, `volume-${name}`);
  mkdirSync(folder, { mode: 0o755 });
  volumes.set(name, folder);
  const inImage = path.join(stage.root, target);
  if (!existsSync(inImage)) return folder;
  const { uid, gid, mode } = statSync(inImage);
  chownSync(folder, uid, gid);
  chmodSync(folder, mode & 0o7777);
  return folder;
}

async function run(service, stage) {
  for (const { volume, target } of service.volumes) {
    const folder = volumeOf(volume, stage, target);
    mkdirSync(path.join(stage.root, target), { recursive: true });
    mount(['--bind', folder], path.join(stage.root, target));
  }
  const hosts = ['127.0.0.1 localhost', '::1 localhost', ...network.hostsOf(service)];
  writeFileSync(path.join(stage.root, 'etc/hosts'), `${hosts.join('\n')}\n`);
  const { child, ready } = stage.start(service, network.namespaceOf(service));
  running.unshift(child);
  const line = await ready.catch((error) => fail(`${service.name}: ${error.message}`));
  const said = JSON.parse(line);
  const { claimCode, ...shown } = said;
  process.stdout.write(`${service.name}: runs as uid ${stage.user}: ${JSON.stringify(shown)}\n`);
  return { claimCode };
}

/** What somebody outside sees of the bench: a charge by the API, and its transaction in the CSMS. */
async function charge(claimCode) {
  const at = (name) => {
    const { ports } = compose.services.find((service) => service.name === name);
    return `http://${network.addressOf(name)}:${ports[0]}`;
  };
  const script = path.join(repository, 'docker/replay/charge.mjs');
  const command = [process.execPath, script, at('charger'), at('csms'), claimCode];
  const enter = [`--net=/run/netns/${network.engine}`];
  const driver = spawn('nsenter', [...enter, ...command], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise((resolve) => driver.once('exit', resolve));
  if (code !== 0)
    fail(
      `the bench of the four images did not charge\n${running.map((child) => child.lastWords()).join('\n')}`,
    );
}

const base = makeBase();
const services = compose.services.filter(({ name }) => wanted.includes(name));
const stages = services.map(({ name }) => replay(name, base));
network = buildNetworks(compose, `kbr${process.pid}`, must);
let claimCode;
for (const [at, service] of services.entries())
  claimCode = (await run(service, stages[at])).claimCode ?? claimCode;
const whole = services.length === ALL.length;
if (whole) await charge(claimCode);
for (const child of running.splice(0)) {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin.end();
  child.kill('SIGTERM');
  await ended;
}
const charged = whole ? '; they charged a vehicle together, and the CSMS has the transaction' : '';
process.stdout.write(
  `${services.length} images replayed and run: ${wanted.join(', ')}${charged}\n`,
);
process.exit(0);
