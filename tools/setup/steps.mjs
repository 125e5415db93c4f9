// What the set-up shares: lines of progress, running a command, and stamps that tell what is up to date.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Something that a person can put right; shown without a stack. */
export class SetupError extends Error {}

/**
 * One step, shown as one calm line with the time that it took. `work` gives what to say about it;
 * a step that had nothing to do gives undefined and stays silent.
 */
export async function step(title, work) {
  const live = process.stdout.isTTY;
  const started = performance.now();
  if (live) process.stdout.write(`  ${title} ...`);
  let said;
  try {
    said = await work();
  } catch (error) {
    if (live) process.stdout.write('\r\x1b[K');
    process.stdout.write(`  ${title.padEnd(26)} failed\n`);
    throw error;
  }
  if (live) process.stdout.write('\r\x1b[K');
  if (said === undefined) return;
  const took = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  process.stdout.write(`  ${title.padEnd(26)} ${said} (${took})\n`);
}

/** Runs a command quietly; gives its exit code and what it printed. Standard input is empty. */
export function run(command, args, { cwd = root, env = {}, limit = 15 * 60_000 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limit,
      killSignal: 'SIGKILL',
    });
    let output = '';
    const collect = (data) => (output += data);
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on('close', (code, signal) =>
      resolve({ code: code ?? 1, output: signal ? `${output}ended by ${signal}\n` : output }),
    );
  });
}

/** Runs a command that must succeed. */
export async function must(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new SetupError(`${command} ${args.join(' ')} failed:\n${output.trimEnd()}`);
  return output;
}

/** The command of an installed package, started without npx's look-ups. */
export const bin = (name) => join(root, 'node_modules/.bin', name);

const stamps = join(root, 'node_modules/.cache/kerbside');

/** What was stored under this name, or undefined. */
export function readStamp(name) {
  const file = join(stamps, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

export function writeStamp(name, value) {
  mkdirSync(stamps, { recursive: true });
  writeFileSync(join(stamps, name), value);
}

/** A hash of these files' contents. */
export function hashContents(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(file).update('\0');
    if (existsSync(join(root, file))) hash.update(readFileSync(join(root, file)));
    hash.update('\0');
  }
  return hash.digest('hex');
}

const SKIPPED = new Set(['node_modules', 'dist', 'dist-types', 'generated', 'coverage', '.git']);

/** The files under these folders (or these files), relative to the root, sorted. */
export function filesUnder(places, keep = () => true) {
  const found = [];
  const walk = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isFile()) {
      found.push(relative(root, path));
      return;
    }
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (SKIPPED.has(entry.name)) continue;
      const inner = join(path, entry.name);
      if (entry.isDirectory()) walk(inner);
      else if (entry.isFile() && keep(entry.name)) found.push(relative(root, inner));
    }
  };
  for (const place of places) walk(join(root, place));
  return found.sort();
}

/** A hash of names, sizes and times: tells within milliseconds that nothing changed. */
export function hashTimes(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\0`);
  }
  return hash.digest('hex');
}

export const folderOf = (file) => dirname(join(root, file));
