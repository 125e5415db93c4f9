import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseDockerfile } from './dockerfile.mjs';
import { readCompose } from './compose.mjs';

const read = (name) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const compose = readCompose(read('compose.yaml'));
const serviceOf = (name) => compose.services.find((service) => service.name === name);
const lastStage = (name) => parseDockerfile(read(serviceOf(name).dockerfile.slice(7))).at(-1).steps;

it('every image has its service, each starts after those that it needs', () => {
  const images = readdirSync(new URL('..', import.meta.url)).filter((name) =>
    name.endsWith('.Dockerfile'),
  );
  expect(compose.services.map(({ dockerfile }) => dockerfile).sort()).toEqual(
    images.map((name) => `docker/${name}`).sort(),
  );
  expect(compose.services.map(({ name }) => name)).toEqual(['csms', 'charger', 'rig', 'vehicle']);
});

it('charger and rig share a network; the vehicle is on the cable alone, the CSMS on the uplink alone', () => {
  const networks = (name) => serviceOf(name).networks.map(({ network }) => network);
  expect(networks('charger')).toEqual(['uplink', 'cable']);
  expect(serviceOf('rig')).toMatchObject({ shares: 'charger', networks: [] });
  expect(networks('vehicle')).toEqual(['cable']);
  expect(networks('csms')).toEqual(['uplink']);
  const cables = ['charger', 'vehicle'].map(
    (name) => serviceOf(name).networks.find(({ network }) => network === 'cable').interface,
  );
  const evse = /^1=(.+)$/.exec(serviceOf('charger').environment.KERBSIDE_EVSES)[1];
  expect(cables).toEqual([evse, evse]);
});

it('the charger finds the CSMS where that listens', () => {
  const { environment, ports } = serviceOf('csms');
  const port = Number(environment.KERBSIDE_CSMS_LISTEN.split(':').at(-1));
  expect(ports).toEqual([port]);
  expect(serviceOf('charger').environment.KERBSIDE_CSMS_URL).toBe(`ws://csms:${port}/ocpp`);
});

it.each(compose.services.map(({ name }) => name))(
  '%s: drops all capabilities but those of its program, and owns what it writes to',
  (name) => {
    const { dropsAll, capabilities, volumes } = serviceOf(name);
    const steps = lastStage(name);
    const run = steps.filter(({ instruction }) => instruction === 'RUN').map(({ text }) => text);
    const set = /setcap (\S+)=\+ep/.exec(run.join('\n'))?.[1].split(',') ?? [];
    expect(dropsAll).toBe(true);
    expect(capabilities.map((capability) => `cap_${capability}`).sort()).toEqual(set.sort());
    expect(steps.find(({ instruction }) => instruction === 'USER').text).toBe('kerbside');
    const owned = /mkdir -p ([^&]+) && chown kerbside ([^&\n]+)/.exec(run.join('\n'));
    for (const { target } of volumes) {
      expect(owned[1].trim().split(' ')).toContain(target);
      expect(owned[2].trim().split(' ')).toContain(target);
    }
  },
);

it('the charger has what the internet service calls, the right to use it, and no compiler', () => {
  const steps = lastStage('charger');
  const text = (instruction) =>
    steps.filter((step) => step.instruction === instruction).map((step) => step.text);
  const installed = /install -y --no-install-recommends ([^&]+)/.exec(text('RUN').join('\n'))[1];
  const packages = installed.trim().split(/\s+/);
  const wanted = /Debian packages: `([^`]+)`/.exec(read('../docs/vas.md'))[1].split(' ');
  expect(packages).toEqual(expect.arrayContaining([...wanted, 'busybox']));
  for (const compiler of ['g++', 'make', 'python3']) expect(packages).not.toContain(compiler);
  expect(text('COPY').join('\n')).toMatch(/--from=native \S+raw\.node /);
  const entry = JSON.parse(text('ENTRYPOINT')[0]);
  for (const option of ['--inh-caps=', '--ambient-caps=']) {
    const given = entry.find((word) => word.startsWith(option)).slice(option.length);
    expect(given.split(',').sort()).toEqual(
      serviceOf('charger')
        .capabilities.map((name) => `+${name}`)
        .sort(),
    );
  }
});

it('what it does not understand is an error', () => {
  const file = (more) => `
services:
  a:
    build: { dockerfile: docker/a.Dockerfile }
${more}`;
  expect(readCompose(file('    environment: { X: 1 }')).services[0].environment).toEqual({
    X: '1',
  });
  for (const [more, said] of [
    ['    privileged: true', 'privileged'],
    ['    network_mode: host', 'network mode host'],
    ['    networks: [elsewhere]', 'no network elsewhere'],
    ['    volumes: ["/etc:/etc:ro"]', '/etc:/etc:ro'],
    ['    depends_on: [b]', 'wait for ever'],
    ['secrets: {}', 'secrets'],
  ])
    expect(() => readCompose(file(more)), more).toThrow(said);
});
