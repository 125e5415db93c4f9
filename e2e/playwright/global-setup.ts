import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@kerbside/host/testing';

const bin = fileURLToPath(new URL('../../bin/kerbside.mjs', import.meta.url));
const LIMIT_MS = 60_000;

/** Starts the bench as `npm start` does, for the journey on the real programs. */
export default async function startBench(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['KERBSIDE_UI_URL'] !== undefined) return undefined;
  const data = mkdtempSync(path.join(tmpdir(), 'kbt-ui-'));
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [bin, 'start', '--bench', '--data', data, '--port', String(port)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const output = await ready(child);
  process.env['KERBSIDE_UI_URL'] = `http://127.0.0.1:${port}`;
  // as root the vehicle has a namespace of its own, named after the launcher
  if (process.getuid?.() === 0) process.env['KERBSIDE_UI_VEHICLE_NAMESPACE'] = `kb${child.pid}-veh`;
  process.env['KERBSIDE_CLAIM_CODE'] = /Claim code: (\S+)/.exec(output)?.[1] ?? '';
  return async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
}

function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the bench was not ready after ${LIMIT_MS} ms:\n${text}`));
    }, LIMIT_MS);
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        if (!/Ctrl-C/.test(text)) return;
        clearTimeout(late);
        resolve(text);
      });
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the bench ended with exit code ${code}:\n${text}`));
    });
  });
}
