import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PortError } from '@kerbside/kernel';
import { askControl, CONTROL_SOCKET, serveControl } from './control-socket.ts';

let directory: string;
beforeEach(() => void (directory = mkdtempSync(path.join(tmpdir(), 'kbt-control-'))));
afterEach(() => rmSync(directory, { recursive: true }));
const request = { do: 'token.create', name: 'script', scopes: ['metrics.read'] } as const;

it('asks and gets the token; the socket is for its owner only; a file left by a killed one is replaced', async () => {
  writeFileSync(path.join(directory, CONTROL_SOCKET), '');
  const server = await serveControl(directory, async (got) => {
    expect(got).toEqual(request);
    return { ok: true, token: 'kbt_1' };
  });
  expect(statSync(path.join(directory, CONTROL_SOCKET)).mode & 0o777).toBe(0o600);
  expect(await askControl(directory, request)).toBe('kbt_1');
  await server.close();
});

it('a refusal arrives with its code', async () => {
  const server = await serveControl(directory, async () => {
    throw new PortError('scope', 'There is no such scope.');
  });
  await expect(askControl(directory, request)).rejects.toMatchObject({ code: 'scope' });
  await server.close();
});

it('says so when no charger runs', async () => {
  await expect(askControl(directory, request)).rejects.toThrow('No charger runs');
});

it('a line that is not JSON is answered, and one without end is dropped', async () => {
  const server = await serveControl(directory, async () => ({ ok: true, token: 'x' }));
  const ask = (text: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(path.join(directory, CONTROL_SOCKET));
      let got = '';
      socket.on('data', (chunk) => (got += String(chunk)));
      socket.on('error', () => {});
      socket.on('close', () => resolve(got));
      socket.write(text);
    });
  expect(await ask('hello\n')).toContain('control.json');
  expect(await ask('x'.repeat(100_000))).toBe('');
  await server.close();
});
