import { spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@kerbside/host/testing';
import type { BenchState, Evse, Session, TimelineEntry } from '@kerbside/contracts';
import type { userWithoutNamespaces } from './ordinary-user.ts';
import { inRepository } from './repository.ts';
import { eventually, follow, type Running } from './running.ts';

export const OWNER = { name: 'owner', password: 'system test of the bench' } as const;

/** A JSON client of the charger's API, logged in as the owner. */
export class Api {
  readonly base: string;
  #cookie = '';

  constructor(base: string) {
    this.base = base;
  }

  async login(): Promise<void> {
    const answer = await fetch(`${this.base}/api/v1/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(OWNER),
    });
    if (!answer.ok) throw new Error(`login: ${answer.status} ${await answer.text()}`);
    this.#cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] as string;
  }

  async raw(method: string, route: string, body?: unknown): Promise<Response> {
    return fetch(`${this.base}/api/v1${route}`, {
      method,
      headers: {
        cookie: this.#cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async call<T>(method: string, route: string, body?: unknown): Promise<T> {
    const answer = await this.raw(method, route, body);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  evse = (id: number) => this.call<Evse>('GET', `/evses/${id}`);
  bench = () => this.call<BenchState>('GET', '/bench');
  lastSession = async (evse: number) =>
    (await this.call<{ items: Session[] }>('GET', `/sessions?limit=1&evse=${evse}`)).items[0];
  timeline = async (session: string): Promise<TimelineEntry[]> => {
    const entries: TimelineEntry[] = [];
    let cursor: string | undefined;
    do {
      const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await this.call<{ items: TimelineEntry[]; next?: string }>(
        'GET',
        `/sessions/${session}/timeline?limit=500${query}`,
      );
      entries.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    return entries;
  };
  /** The newest entries of the whole journal, the newest first. */
  journal = async (limit = 500): Promise<TimelineEntry[]> =>
    (await this.call<{ items: TimelineEntry[] }>('GET', `/journal?limit=${limit}`)).items;
}

export interface CsmsTransaction {
  readonly id: number;
  readonly connector: number;
  readonly idTag: string;
  readonly timestamp: string;
  readonly meterStart: number;
  readonly meterStop?: number;
  readonly stopTimestamp?: string;
  readonly reason?: string;
}

export interface Bench {
  readonly launcher: Running;
  readonly data: string;
  readonly api: Api;
  readonly csms: string;
  /** Pid of one of the four programs, as it is now. */
  pid(program: 'charger' | 'rig' | 'vehicle' | 'csms'): number | undefined;
  transactions(): Promise<CsmsTransaction[]>;
  /** Directory of the rig's sockets. */
  readonly sockets: string;
  /** Where stations connect, without an id. */
  readonly ocpp: string;
  close(): Promise<void>;
}

/** The environment of a process; empty when it is gone. */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}

function pidOf(program: string, data: string): number | undefined {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, 'latin1').split('\0');
      if (
        !words[0]?.endsWith('node') ||
        !words.some((word) => word.endsWith(`apps/${program}/dist/main.js`))
      )
        continue;
    } catch {
      continue;
    }
    const own = program === 'charger' ? data : path.join(data, program);
    if (environmentOf(Number(name)).split('\0').includes(`KERBSIDE_DATA=${own}`))
      return Number(name);
  }
  return undefined;
}

export interface BenchOptions {
  /** Runs in place of `bin/kerbside.mjs`. */
  readonly launcher?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs the launcher as another user: the command before it, and whose data it is. */
  readonly as?: ReturnType<typeof userWithoutNamespaces>['as'];
  /** Data of a bench before; else fresh, and removed at the end. */
  readonly data?: string;
}

/** Starts the whole bench as `npm start` does, claimed, on ports of its own. */
export async function startBench(
  args: readonly string[] = [],
  options: BenchOptions = {},
): Promise<Bench> {
  const data = options.data ?? mkdtempSync(path.join(tmpdir(), 'kbt-bench-'));
  const passwordFile = path.join(data, 'owner-password');
  writeFileSync(passwordFile, OWNER.password, { mode: 0o600 });
  const { as } = options;
  if (as) for (const file of [data, passwordFile]) chownSync(file, as.uid, as.uid);
  const port = await freePort();
  const open = as?.open ?? ((file: string) => file);
  const [command = '', ...before] = [...(as?.command ?? []), open(process.execPath)];
  const child = spawn(
    command,
    [
      ...before,
      open(options.launcher ?? inRepository('bin/kerbside.mjs')),
      'start',
      '--bench',
      '--verbose',
      '--data',
      data,
      '--port',
      String(port),
      ...args,
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...options.env,
        KERBSIDE_OWNER: OWNER.name,
        KERBSIDE_OWNER_PASSWORD_FILE: passwordFile,
      },
    },
  );
  const launcher = follow(child);
  try {
    await launcher.printed(/Kerbside is ready: (\S+)/, 60_000);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  const csms = /CSMS: (http:\S+?)\/?\s/.exec(launcher.output())?.[1] ?? '';
  const api = new Api(`http://127.0.0.1:${port}`);
  await api.login();
  const given = environmentOf(pidOf('charger', data) ?? 0).split('\0');
  const variable = (name: string): string =>
    given.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  return {
    launcher,
    data,
    api,
    csms,
    sockets: variable('KERBSIDE_RIG_SOCKET'),
    ocpp: variable('KERBSIDE_CSMS_URL'),
    pid: (program) => pidOf(program, data),
    async transactions() {
      const items: CsmsTransaction[] = [];
      for (;;) {
        const last = items.at(-1);
        const before = last ? `&before=${last.id}` : '';
        const answer = await fetch(`${csms}/api/v1/transactions?limit=500${before}`);
        const page = ((await answer.json()) as { items: CsmsTransaction[] }).items;
        if (page.length === 0) break;
        items.push(...page);
      }
      return items.toSorted((a, b) => a.id - b.id);
    },
    async close() {
      child.kill('SIGINT');
      await launcher.ended(20_000);
      if (options.data === undefined) rmSync(data, { recursive: true, force: true });
    },
  };
}

export interface ChargePlan {
  readonly evse: number;
  readonly kind: 'basic' | 'iso2-ac' | 'iso2-dc';
  readonly energyWh?: number;
  readonly token?: string;
}

/** Plugs the simulated car in and presents a token; resolves when power flows. */
export async function beginCharge(api: Api, plan: ChargePlan): Promise<void> {
  const { evse, kind, energyWh, token = 'KERB-OWNER' } = plan;
  await api.call('POST', `/bench/evses/${evse}/vehicle`, {
    action: 'plug-in',
    kind,
    batteryWh: 60_000,
    soc: 40,
    internet: true,
    ...(energyWh === undefined ? {} : { energyWh }),
  });
  await eventually('a session begins', async () => (await api.evse(evse)).session !== undefined);
  await api.call('POST', `/bench/evses/${evse}/token`, { idTag: token });
  await eventually(
    'power flows',
    async () => {
      const { state, measurement } = await api.evse(evse);
      return state === 'Charging' && (measurement?.power ?? 0) > 0;
    },
    40_000,
    () => api.evse(evse),
  );
}

export async function unplug(api: Api, evse: number): Promise<void> {
  await api.call('POST', `/bench/evses/${evse}/vehicle`, { action: 'unplug' });
  await eventually(
    'the EVSE is free',
    async () => (await api.evse(evse)).state === 'Available',
    15_000,
    () => api.evse(evse),
  );
}

/** The CSMS asks for a meter value every second, as soon as the charger is connected to it. */
export async function sampleEverySecond(bench: Bench): Promise<void> {
  await eventually(
    'the charger takes MeterValueSampleInterval',
    async () => {
      const answer = await fetch(`${bench.csms}/api/v1/stations/KERBSIDE-1/change-configuration`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ key: 'MeterValueSampleInterval', value: '1' }),
      });
      return ((await answer.json()) as { status?: string }).status === 'Accepted';
    },
    20_000,
  );
}
