import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Machine } from './machine.ts';
import { inRepository } from './repository.ts';
import { follow, type Running } from './running.ts';

/** What a stand-in says of itself. */
export interface StandInFacts {
  readonly name: string;
  readonly pid: number;
  readonly interfaces: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly which?: string;
  readonly error?: string;
}

type Orders = { readonly exitCode?: number; readonly deaf?: boolean };

/** Launchers of stand-ins inside a machine, and what they write. */
export class StandInBench {
  readonly #machine: Machine;
  readonly #base = mkdtempSync(join(tmpdir(), 'kbt-bench-'));

  constructor(machine: Machine) {
    this.#machine = machine;
    // An ordinary user must get in.
    chmodSync(this.#base, 0o777);
  }

  data(name = 'data'): string {
    return join(this.#base, name);
  }

  /** Tells a stand-in how to misbehave. */
  order(name: string, orders: Orders, data = this.data()): void {
    const folder = name === 'charger' ? data : join(data, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `stand-in-${name}.json`), JSON.stringify(orders));
  }

  /** Starts a launcher; `as` goes before it on the command line. */
  start(
    args: readonly string[] = [],
    as: readonly string[] = [],
    env: NodeJS.ProcessEnv = {},
  ): Running {
    const script = this.#machine.open(inRepository('e2e/support/launch-stand-ins.mjs'));
    const data = args.includes('--data') ? [] : ['--data', this.data()];
    const node = [this.#machine.open(process.execPath), script];
    const start = ['start', '--bench', ...data, ...args];
    const [command = '', ...rest] = [...as, ...node, ...start];
    const child = this.#machine.spawn(command, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], HOME: this.#base, ...env },
    });
    return follow(child);
  }

  async started(...args: Parameters<StandInBench['start']>): Promise<Running> {
    const running = this.start(...args);
    await running.printed(/Kerbside is ready/);
    return running;
  }

  /** The facts that a stand-in wrote to its log when it last started. */
  facts(name: string, data = this.data()): StandInFacts {
    const lines = readFileSync(join(data, 'logs', `${name}.log`), 'utf8').split('\n');
    const line = lines.findLast((text) => text.includes('"event":"facts"'));
    return JSON.parse(line ?? '{}') as StandInFacts;
  }

  /** What addresses answer, asked from the machine, or from a namespace of `ip netns` in it. */
  async ask(addresses: readonly string[], namespace?: string): Promise<StandInFacts[]> {
    const script = inRepository('e2e/support/fetch-json.mjs');
    const enter = namespace ? ['nsenter', `--net=/run/netns/${namespace}`, '--'] : [];
    const [command = '', ...rest] = [...enter, process.execPath, script, ...addresses];
    return JSON.parse(await this.#machine.run(command, rest)) as StandInFacts[];
  }

  close(): void {
    rmSync(this.#base, { recursive: true, force: true });
  }
}
