import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type PassedListener, ToolError } from '@kerbside/host';
import { PortError } from '@kerbside/kernel';
import { type BenchFacts, type ChildPlan, childPlans } from './children.ts';
import { checkReachable, openCsmsAccess, openWayOutside } from './csms-access.ts';
import { cleanLeftovers } from './leftovers.ts';
import { freePorts, inheritedListeners, openWebListeners, type WebListeners } from './listeners.ts';
import { openLog } from './log-file.ts';
import { createOwnState, type OwnState } from './own-state.ts';
import { type Place, placeInNamespaces, placeOnInterfaces, placeOnSockets } from './place.ts';
import type { ChildName, Programs } from './programs.ts';
import type { Progress } from './progress.ts';
import { removeIfEmpty, runtimeBase } from './runtime-directory.ts';
import type { StartOptions } from './start-options.ts';
import { awaitStopRequest, type StopRequest } from './stop-request.ts';
import { type Ready, type Supervised, supervise } from './supervisor.ts';
import { type Undo, undoStack } from './undo.ts';
import {
  type InnerFacts,
  innerFacts,
  NO_NETWORK,
  runInside,
  userNamespacesAllowed,
} from './user-namespace.ts';

/** What a bench is started with. */
export interface BenchStart {
  readonly options: StartOptions;
  /** The arguments that the options came from, for the launcher inside a user namespace. */
  readonly args: readonly string[];
  readonly programs: Programs;
  readonly progress: Progress;
}

/** Runs the bench until somebody wants it to stop, takes everything back, and gives the exit code. */
export async function runBench(start: BenchStart): Promise<number> {
  checkReachable(start.options);
  const undo = undoStack();
  const inner = innerFacts();
  try {
    return inner ? await benchInside(start, inner, undo) : await benchOutside(start, undo);
  } finally {
    for (const error of await undo.all()) start.progress.say(`  while stopping: ${error.message}`);
  }
}

async function benchOutside(start: BenchStart, undo: Undo): Promise<number> {
  const { options, progress } = start;
  const base = runtimeBase();
  undo.add(() => removeIfEmpty(base));
  const removed = await cleanLeftovers(base);
  if (removed.length > 0) {
    progress.step('leftovers', `of a launcher that was killed, removed: ${removed.join(', ')}`);
  }
  const web = openWebListeners(options);
  undo.add(() => closeAll(web));
  let stop = takeStopRequest(undo);
  let own = takeState(base, options, false, undo);
  let place = options.onInterfaces
    ? await placeOnInterfaces(options)
    : await placeInNamespaces(options, own, false, undo);
  if ('refused' in place) {
    const reason = reasonOf(place.refused);
    if (await userNamespacesAllowed()) {
      // The launcher inside has its own state, and is told of stop requests.
      own.remove();
      stop.dispose();
      const code = await benchInUserNamespace(start, base, web);
      if (code !== NO_NETWORK) return code;
      stop = takeStopRequest(undo);
      own = takeState(base, options, false, undo);
    }
    place = placeOnSockets(reason);
  }
  return await runPrograms(start, { own, place, web, stop, undo });
}

async function benchInUserNamespace(
  start: BenchStart,
  base: string,
  web: WebListeners,
): Promise<number> {
  const listeners = web.csms ? [web.web, web.csms] : [web.web];
  const wayOut = await openWayOutside(start.options, base);
  try {
    return await runInside(
      [process.execPath, start.programs.launcher, 'start', ...start.args],
      {
        base,
        ports: listeners.map((listener) => listener.port),
        ...(wayOut ? { csmsSocket: wayOut.path } : {}),
      },
      listeners,
    );
  } finally {
    wayOut?.close();
  }
}

async function benchInside(start: BenchStart, inner: InnerFacts, undo: Undo): Promise<number> {
  const stop = takeStopRequest(undo);
  const own = takeState(inner.base, start.options, true, undo);
  mkdirSync(own.namespaces, { recursive: true });
  const place = await placeInNamespaces(start.options, own, true, undo);
  if ('refused' in place) return NO_NETWORK;
  const web = inheritedListeners(start.options, inner);
  return await runPrograms(start, { own, place, web, stop, undo, inner });
}

interface Standing {
  readonly own: OwnState;
  readonly place: Place;
  readonly web: WebListeners;
  readonly stop: StopRequest;
  readonly undo: Undo;
  readonly inner?: InnerFacts;
}

async function runPrograms(start: BenchStart, standing: Standing): Promise<number> {
  const { options, progress } = start;
  const { own, place, web, stop, undo, inner } = standing;
  progress.step('network', place.said);
  const csms = await openCsmsAccess(options, place.network, inner);
  undo.add(() => csms.close());
  const sockets = join(own.directory, 's');
  mkdirSync(sockets, { mode: 0o700 });
  mkdirSync(options.data, { recursive: true, mode: 0o700 });
  const facts: BenchFacts = {
    options,
    mode: place.mode,
    ...(place.network ? { network: place.network } : {}),
    sockets,
    // In a namespace of its own every port is free.
    meterPort: place.network ? 5020 : freePorts(15_020, options.evses.length),
    web: web.web,
    ...(web.csms && csms.ocpp ? { csms: { web: web.csms, ocpp: csms.ocpp } } : {}),
    ...(csms.url === undefined ? {} : { csmsUrl: csms.url }),
  };
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => {});
  const stopped = stop.requested.then(() => 'stopped' as const);
  const stopping = { is: false };
  const run = (plan: ChildPlan): Supervised => {
    const child = runChild(start, own, plan, fail);
    undo.add(() => child.stop());
    return child;
  };
  const plans = childPlans(facts);
  checkBuilt(plans, start.programs);
  try {
    const all = startAll(plans, run, progress, stopping);
    const end = await Promise.race([stopped, failed, all]);
    if (end !== 'stopped') {
      for (const line of welcome(facts, end, place)) progress.say(line);
      await Promise.race([stopped, failed]);
    }
    progress.say('Stopping ...');
    return 0;
  } finally {
    stopping.is = true;
    stop.onInsist(() => own.killChildren());
  }
}

function checkBuilt(plans: readonly ChildPlan[], programs: Programs): void {
  const missing = plans.find(({ name }) => !existsSync(programs[name]));
  if (!missing) return;
  throw new PortError('not-built', `${programs[missing.name]} is not there: npm run build`);
}

/** Starts what others connect to before those others; gives what each said when it was ready. */
async function startAll(
  plans: readonly ChildPlan[],
  run: (plan: ChildPlan) => Supervised,
  progress: Progress,
  stopping: { readonly is: boolean },
): Promise<ReadonlyMap<ChildName, Ready>> {
  const said = new Map<ChildName, Ready>();
  const first = plans.filter(
    ({ name }) => name === 'csms' || name === 'internet' || name === 'rig',
  );
  const second = plans.filter((plan) => !first.includes(plan));
  for (const group of [first, second]) {
    if (stopping.is) break;
    const running = group.map((plan) => ({ plan, child: run(plan) }));
    for (const { plan, child } of running) {
      said.set(plan.name, await child.ready);
      progress.step(plan.name, 'serves');
    }
  }
  return said;
}

function runChild(
  { options, programs, progress }: BenchStart,
  own: OwnState,
  plan: ChildPlan,
  fail: (error: Error) => void,
): Supervised {
  if (plan.env.KERBSIDE_DATA) mkdirSync(plan.env.KERBSIDE_DATA, { recursive: true, mode: 0o700 });
  const log = openLog(join(options.data, 'logs'), plan.name);
  return supervise(plan, programs[plan.name], log, {
    process: (pid) => own.child(plan.name, pid),
    line: (line) => {
      if (options.verbose) progress.say(`${plan.name.padEnd(8)}| ${line}`);
    },
    notice: (text) => progress.say(`  ${text}`),
    givenUp: fail,
  });
}

function welcome(
  { options, web, csms }: BenchFacts,
  said: ReadonlyMap<ChildName, Ready>,
  place: Place,
): string[] {
  const charger = said.get('charger');
  const claimed = charger?.['claimed'];
  const claimCode = charger?.['claimCode'];
  const lines = ['', `Kerbside is ready: ${address(web)}`];
  if (claimed === false) {
    lines.push('This unit belongs to nobody yet: open the address and choose an owner’s password.');
    if (typeof claimCode === 'string') lines.push(`Claim code: ${claimCode}`);
  }
  if (csms) lines.push(`CSMS: ${address(csms.web)}   station ${options.id}`);
  if (options.csmsUrl) lines.push(`CSMS: ${options.csmsUrl}   station ${options.id}`);
  if (!csms && !options.csmsUrl) lines.push('No CSMS: every token is accepted.');
  if (place.mode === 'caller')
    lines.push('No vehicle runs here: the EVSEs are on real interfaces.');
  lines.push(`Data and logs: ${options.data}   Ctrl-C stops everything.`, '');
  return lines;
}

function address({ host, port }: PassedListener): string {
  const any = host === '0.0.0.0' || host === '::' || host === '127.0.0.1' || host === '::1';
  return `http://${any ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}/`;
}

function takeStopRequest(undo: Undo): StopRequest {
  const stop = awaitStopRequest();
  undo.add(() => stop.dispose());
  return stop;
}

function takeState(base: string, options: StartOptions, inside: boolean, undo: Undo): OwnState {
  const own = createOwnState(base, options.data, inside);
  undo.add(() => own.remove());
  return own;
}

/** What the tool itself said, without the command that was run. */
function reasonOf(error: Error): string {
  return (error instanceof ToolError && error.stderr.trim()) || error.message;
}

function closeAll(web: WebListeners): void {
  web.web.close();
  web.csms?.close();
}
