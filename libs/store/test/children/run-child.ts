import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.resolve(import.meta.dirname, '../../../..');

/** How to run one of our TypeScript programs with this Node, without a build. */
export const sourceCommand = (program: string, ...args: string[]): string[] => [
  process.execPath,
  '--conditions=@kerbside/source',
  '--import',
  path.join(root, 'tools/source/register.mjs'),
  path.join(import.meta.dirname, program),
  ...args,
];

export interface Child {
  readonly process: ChildProcess;
  /** Lines of its standard output so far. */
  readonly lines: string[];
  /** Resolves when a line passes; rejects when the child ends before. */
  line(passes: (line: string) => boolean): Promise<string>;
  readonly ended: Promise<{ code: number | null; signal: string | null; errors: string }>;
}

export function startChild([command = '', ...args]: readonly string[]): Child {
  const child = spawn(command, args, { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let errors = '';
  let over = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<{ code: number | null; signal: string | null; errors: string }>(
    (resolve) =>
      child.on('close', (code, signal) => {
        over = true;
        resolve({ code, signal, errors });
        for (const look of waiting) look();
      }),
  );
  return {
    process: child,
    lines,
    ended,
    line: (passes) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find(passes);
          if (found === undefined && !over) return;
          waiting.delete(look);
          if (found === undefined) reject(new Error(`the child ended: ${errors}`));
          else resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

/** A directory of the test's own; in memory where what counts is the bytes, not the disk. */
export const temporaryDirectory = (where: 'disk' | 'memory' = 'disk') => {
  const parent = where === 'memory' && existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const directory = mkdtempSync(path.join(parent, 'kbt-store-'));
  return {
    path: directory,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
};

/** The command under strace, which follows its threads, told by `options` what to do. */
export const underStrace = (options: string, command: readonly string[]): string[] => [
  'strace',
  ...`-f --seccomp-bpf -qq ${options}`.split(' '),
  ...command,
];

let strace: string | undefined | null = null;
/** Why strace can't be used here, or undefined when it can. */
export function whyNoStrace(): string | undefined {
  if (strace !== null) return strace;
  const tried = spawnSync('strace', ['-f', '--seccomp-bpf', '-o', '/dev/null', 'true']);
  strace =
    tried.error === undefined && tried.status === 0
      ? undefined
      : `strace does not work here: ${tried.error?.message ?? String(tried.stderr)}`;
  return strace;
}
