import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { seconds } from '@kerbside/kernel';
import type { NetworkPlan } from '@kerbside/vas';
import { runTool } from '../process/run-tool.ts';
import { requestLease } from './dhcp.ts';
import type { ProbeOrder, ProbeResult } from './probe.ts';
import { ping, type RawResult } from './raw-icmp.ts';
import { startTestCar, type TestCar } from './test-car.ts';

export interface SelfTestCheck {
  /** Stable key, translated by the UI. */
  readonly check: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly detail: string;
}

export interface SelfTestOptions {
  /** Name of a web server that answers on 80 and 443, and on 22 if one is to know that 22 is closed. */
  readonly name: string;
  /** Brings the service up on this interface as for a car, and resolves with its plan. */
  up(name: string): Promise<NetworkPlan>;
  /** Takes it back. */
  down(): Promise<void>;
}

/** Interfaces of the test, on the charger's side: the car's, and another car's. */
const CAR = 'kerbside-t0';
const OTHER = 'kerbside-t1';
const INSIDE = 'plc0';
/** A port at another car that answers whoever gets there. */
const OTHER_PORT = 8443;

const entry = import.meta.url.endsWith('.ts') ? 'probe-main.ts' : 'probe-main.js';
const probeProgram = fileURLToPath(new URL(entry, import.meta.url));

const check = (name: string, ok: boolean, detail: string): SelfTestCheck => ({
  check: name,
  result: ok ? 'passed' : 'failed',
  detail,
});
const rawCheck = (name: string, { seen, detail }: RawResult): SelfTestCheck =>
  seen === undefined ? { check: name, result: 'skipped', detail } : check(name, seen, detail);

/** Plays a car in a throw-away namespace and tells what it reaches. Leaves nothing. */
export async function runVasSelfTest(options: SelfTestOptions): Promise<SelfTestCheck[]> {
  const cars: TestCar[] = [];
  const checks: SelfTestCheck[] = [];
  const admin = createServer((socket) => socket.destroy());
  try {
    const car = await startTestCar();
    cars.push(car);
    const other = await startTestCar();
    cars.push(other);
    await car.plugInto(CAR, INSIDE);
    await other.plugInto(OTHER, INSIDE);
    const plan = await options.up(CAR);
    const theirs = await addressOfOther(other, plan);
    await new Promise<void>((resolve, reject) => {
      admin.once('error', reject);
      admin.listen(0, '::', resolve);
    });
    const bound = admin.address();
    const port = typeof bound === 'object' && bound ? bound.port : 0;
    checks.push(await leaseCheck(car, plan));
    const order: ProbeOrder = {
      interface: INSIDE,
      prefix: plan.ipv6.prefix.replace(/::\/64$/, ''),
      name: options.name,
      resolvers: plan.resolvers,
      ports: plan.ports,
      closedPorts: [22],
      forbidden: [
        { what: 'charger', host: plan.ipv6.address.replace(/\/\d+$/, ''), port },
        ...(plan.ipv4
          ? [{ what: 'charger', host: plan.ipv4.address.replace(/\/\d+$/, ''), port }]
          : []),
        { what: 'other-ev', host: theirs, port: OTHER_PORT },
      ],
    };
    const said = await car.run(
      process.execPath,
      [...process.execArgv, probeProgram, JSON.stringify(order)],
      {
        limit: seconds(40),
      },
    );
    checks.push(...judge(JSON.parse(said) as ProbeResult, plan));
    checks.push(rawCheck('gateway', await pingGateway(plan.uplink)));
  } finally {
    admin.close();
    await options.down().finally(async () => {
      for (const car of cars) await car.close();
      // The kernel takes the cable away a moment after its other end: it is not left to that.
      for (const name of [CAR, OTHER])
        await runTool('ip', ['link', 'delete', name]).catch(() => {});
    });
  }
  return checks;
}

function judge(result: ProbeResult, plan: NetworkPlan): SelfTestCheck[] {
  const { slaac, names, namesSaid, reached, refused } = result;
  const resolved = [...names.v6, ...names.v4];
  const ofPort = (port: number) => reached.filter(({ what }) => what.endsWith(`:${port}`));
  const told = (list: ProbeResult['reached']) =>
    list.map(({ what, said }) => `${what}: ${said}`).join(', ') || 'no address to try';
  const refusals = (what: RegExp) => refused.filter((one) => what.test(one.what));
  const every = (list: ProbeResult['reached']) => list.length > 0 && list.every(({ ok }) => ok);
  return [
    rawCheck('advertisement', result.advertisement),
    check('slaac', slaac !== undefined, slaac ?? 'no address came'),
    check('dns', resolved.length > 0, resolved.join(', ') || namesSaid),
    ...plan.ports.map((port) => check(`port-${port}`, every(ofPort(port)), told(ofPort(port)))),
    check('port-22-closed', every(refusals(/^port 22/)), told(refusals(/^port 22/))),
    check('charger-closed', every(refusals(/^charger/)), told(refusals(/^charger/))),
    check('other-ev-closed', every(refusals(/^other-ev/)), told(refusals(/^other-ev/))),
  ];
}

async function leaseCheck(car: TestCar, plan: NetworkPlan): Promise<SelfTestCheck> {
  if (!plan.ipv4) return { check: 'dhcp', result: 'skipped', detail: 'IPv4 is off' };
  try {
    const lease = await requestLease(INSIDE, (command, args) => car.run(command, args));
    await car.run('ip', ['address', 'add', `${lease.address}/${lease.length}`, 'dev', INSIDE]);
    if (lease.router) await car.run('ip', ['route', 'add', 'default', 'via', lease.router]);
    return check('dhcp', true, `${lease.address}/${lease.length} by ${lease.router ?? 'nobody'}`);
  } catch (error) {
    return check('dhcp', false, error instanceof Error ? error.message : String(error));
  }
}

/** Another car on its own cable, with a server that answers whoever gets there. */
async function addressOfOther(other: TestCar, plan: NetworkPlan): Promise<string> {
  const network = `${plan.ipv6.prefix.replace(/:[0-9a-f]*::\/64$/, '')}:ffff::`;
  await runTool('ip', ['address', 'add', `${network}1/64`, 'dev', OTHER, 'nodad']);
  await other.run('ip', ['address', 'add', `${network}2/64`, 'dev', INSIDE, 'nodad']);
  await other.run('ip', ['-6', 'route', 'add', 'default', 'via', `${network}1`]);
  const server =
    `require('net').createServer((s)=>s.destroy()).listen(${OTHER_PORT},'::');` +
    `process.stdin.on('end',()=>process.exit(0)).resume()`;
  other.start(process.execPath, ['-e', server]);
  // It must answer its own neighbour, or that it does not answer the car means nothing.
  for (let tries = 0; tries < 40; tries++) {
    await sleep(100);
    const reached = await other
      .run(process.execPath, [
        '-e',
        `require('net').connect(${OTHER_PORT},'::1',()=>process.exit(0)).on('error',()=>process.exit(1))`,
      ])
      .then(
        () => true,
        () => false,
      );
    if (reached) break;
  }
  return `${network}2`;
}

async function pingGateway(uplink: string): Promise<RawResult> {
  const text = await runTool('ip', [
    '-4',
    '-json',
    'route',
    'show',
    'default',
    'dev',
    uplink,
  ]).catch(() => '[]');
  const [route] = JSON.parse(text.trim() || '[]') as { gateway?: string }[];
  if (!route?.gateway) return { seen: undefined, detail: 'no IPv4 gateway' };
  return ping(route.gateway, 2000);
}
