import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveControl } from '@kerbside/host';
import { PortError } from '@kerbside/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand } from '../run-command.ts';
import { exi } from './exi.ts';
import { installation } from './installation.ts';
import { openapi } from './openapi.ts';
import { slac } from './slac.ts';
import { token } from './token.ts';

async function* stream(text: string) {
  yield await Promise.resolve(text);
}

async function kerbside(args: readonly string[], ...input: readonly unknown[]) {
  const said = { out: '', err: '' };
  const code = await runCommand(args, [exi, slac, openapi, installation, token], {
    input: stream(input.map((line) => `${JSON.stringify(line)}\n`).join('')),
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
  });
  return { code, ...said };
}
const lines = (text: string): unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

// gen-iso2-SessionSetupReq-03, made with EXIficient
const exiHex = '80980239a8205325beb53351d0069c00';
const json = {
  V2G_Message: {
    Header: { SessionID: 'E6A0814C96FAD4CD' },
    Body: { SessionSetupReq: { EVCCID: 'A7' } },
  },
};

describe('exi', () => {
  it('decodes and encodes one message', async () => {
    const decoded = await kerbside(['exi', 'decode', '--protocol', 'iso2', exiHex]);
    expect(decoded).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(decoded.out)).toEqual(json);
    const encoded = await kerbside(['exi', 'encode', '--protocol', 'iso2', JSON.stringify(json)]);
    expect(encoded).toMatchObject({ code: 0, err: '' });
    expect(encoded.out.trimEnd().toLowerCase()).toBe(exiHex);
  });

  it('fails on a bad message, with the error on standard error', async () => {
    const { code, out, err } = await kerbside(['exi', 'decode', '--protocol', 'iso2', '8098']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/byte 2/);
  });

  it('needs to know the protocol of one message, and names those that there are', async () => {
    for (const args of [
      ['decode', '80ff'],
      ['encode', JSON.stringify(json)],
    ]) {
      const { code, err } = await kerbside(['exi', ...args]);
      expect(code).toBe(2);
      expect(err).toMatch(/--protocol NAME, one of .*sap.*iso2/);
    }
  });

  it('answers each line of a batch and goes on after a bad one', async () => {
    const { code, out } = await kerbside(
      ['exi', 'decode', '--keep-going'],
      { id: 1, protocol: 'iso2', exiHex },
      { id: 2, protocol: 'iso2', exiHex: '8098' },
      { id: 3, protocol: 'nothing', exiHex },
      { id: 4, protocol: 'iso2', exiHex },
    );
    expect(code).toBe(0);
    expect(lines(out)).toEqual([
      { id: 1, json },
      {
        id: 2,
        error: expect.objectContaining({ message: expect.any(String) as string }) as object,
      },
      { id: 3, error: expect.objectContaining({ code: 'exi.protocol' }) as object },
      { id: 4, json },
    ]);
    const encoded = await kerbside(['exi', 'encode', '--keep-going'], {
      id: 'x',
      protocol: 'iso2',
      json,
    });
    const [answer] = lines(encoded.out) as { id: string; exiHex: string }[];
    expect({ ...answer, exiHex: answer?.exiHex.toLowerCase() }).toEqual({ id: 'x', exiHex });
  });

  it('goes on after a line whose id goes too deep to be written again', async () => {
    const deep = `{"id":${'['.repeat(200_000)}${']'.repeat(200_000)},"exiHex":"${exiHex}"}\n`;
    const good = `${JSON.stringify({ id: 2, exiHex })}\n`;
    for (const named of [[], ['--protocol', 'iso2']]) {
      let out = '';
      const code = await runCommand(['exi', 'decode', '--keep-going', ...named], [exi], {
        input: stream(deep + good),
        out: (text) => (out += text),
        err: () => undefined,
      });
      expect(code).toBe(0);
      expect(lines(out)).toMatchObject([
        { error: { message: expect.any(String) as string } },
        { id: 2, json },
      ]);
    }
  });

  it('ends at the first bad line without --keep-going', async () => {
    const { code, out, err } = await kerbside(
      ['exi', 'decode'],
      { id: 1, protocol: 'iso2', exiHex },
      { id: 2, protocol: 'iso2', exiHex: '8098' },
      { id: 3, protocol: 'iso2', exiHex },
    );
    expect(code).toBe(1);
    expect(lines(out)).toEqual([{ id: 1, json }]);
    expect(err).toMatch(/^line 2 \(2\): /);
  });
});

describe('slac', () => {
  // CM_SLAC_PARM.REQ, by the offsets of ISO 15118-3: 60 bytes with padding.
  const head = 'ffffffffffff02000000000188e1016460' + '0000';
  const hex = (head + '0000' + '0102030405060708').padEnd(120, '0');

  it('turns frames into JSON and back, padding included', async () => {
    const decoded = await kerbside(['slac', 'decode', '--keep-going'], { id: 'a', hex });
    const [answer] = lines(decoded.out) as { id: string; frame: { name: string } }[];
    expect(answer).toMatchObject({ id: 'a', frame: { name: 'CM_SLAC_PARM.REQ' } });
    const encoded = await kerbside(['slac', 'encode', '--keep-going'], answer);
    const [back] = lines(encoded.out) as { id: string; hex: string }[];
    expect(back?.hex.toLowerCase()).toBe(hex);
  });

  it('answers a truncated frame with an error, or ends there', async () => {
    const bad = { id: 'b', hex: hex.slice(0, 40) };
    const kept = await kerbside(['slac', 'decode', '--keep-going'], bad, { id: 'a', hex });
    expect(kept.code).toBe(0);
    expect(lines(kept.out)).toMatchObject([
      { id: 'b', error: {} },
      { id: 'a', frame: {} },
    ]);
    expect(await kerbside(['slac', 'decode'], bad)).toMatchObject({ code: 1, out: '' });
  });
});

it('openapi prints the document', async () => {
  const { code, out } = await kerbside(['openapi']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ openapi: expect.stringMatching(/^3\./) as string });
});

describe('token create', () => {
  const made: (() => unknown)[] = [];
  afterEach(async () => {
    for (const act of made.splice(0).reverse()) await act();
  });
  async function charger(reply: () => string) {
    const data = mkdtempSync(join(tmpdir(), 'kbt-token-'));
    made.push(() => rmSync(data, { recursive: true }));
    const asked: unknown[] = [];
    const served = await serveControl(data, (request) => {
      asked.push(request);
      return Promise.resolve({ ok: true, token: reply() });
    });
    made.push(() => served.close());
    return { data, asked };
  }

  it('asks the running charger and prints the token', async () => {
    const { data, asked } = await charger(() => 'secret-token');
    const { ALL_PERMISSIONS } = await import('@kerbside/contracts');
    const [first = '', second = ''] = ALL_PERMISSIONS;
    const args = ['token', 'create', '--data', data, '--scope', `${first},${second}`];
    expect(await kerbside(args)).toEqual({ code: 0, out: 'secret-token\n', err: '' });
    expect(asked).toEqual([{ do: 'token.create', name: 'command line', scopes: [first, second] }]);
  });

  it('names the nearest scope, and asks nobody', async () => {
    const { data, asked } = await charger(() => 'secret-token');
    const { ALL_PERMISSIONS } = await import('@kerbside/contracts');
    const scope = ALL_PERMISSIONS[0] ?? '';
    const said = await kerbside(['token', 'create', '--data', data, '--scope', `${scope}x`]);
    expect(said).toEqual({
      code: 2,
      out: '',
      err: `kerbside: unknown scope ${scope}x; did you mean ${scope}?\n`,
    });
    expect(asked).toEqual([]);
  });

  it('passes a refusal on, and says that no charger runs', async () => {
    const { ALL_PERMISSIONS } = await import('@kerbside/contracts');
    const scope = ['--scope', ALL_PERMISSIONS[0] ?? ''];
    const { data } = await charger(() => {
      throw new PortError('access.unclaimed', 'the unit has no owner yet');
    });
    expect(await kerbside(['token', 'create', '--data', data, ...scope])).toEqual({
      code: 1,
      out: '',
      err: 'kerbside: the unit has no owner yet\n',
    });
    expect(await kerbside(['token', 'create', '--data', '/not/there', ...scope])).toMatchObject({
      code: 1,
      err: expect.stringContaining('No charger runs') as string,
    });
  });
});

describe('installation import-pyslac', () => {
  let directory: string;
  const file = (document: unknown): string => {
    directory = mkdtempSync(join(tmpdir(), 'kbt-pyslac-'));
    const path = join(directory, 'cs_configuration.json');
    writeFileSync(path, typeof document === 'string' ? document : JSON.stringify(document));
    return path;
  };
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const two = {
    number_of_evses: 2,
    parameters: [
      { evse_id: 'DE*SWT*E123456789', network_interface: 'eth0' },
      { evse_id: 'DE*SWT*E5859E8', network_interface: 'eth1' },
    ],
  };
  const run = (path: string, ...options: string[]) =>
    kerbside(['installation', 'import-pyslac', path, ...options]);
  const addresses = ['--board', '/run/board-{id}.sock', '--meter', '10.0.0.1:502/{id}'];

  it('prints an installation document', async () => {
    const { code, out, err } = await run(file(two), ...addresses);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({
      evses: [
        {
          id: 1,
          evseId: 'DE*SWT*E123456789',
          interface: 'eth0',
          kind: 'AC',
          fuse: 32,
          board: { path: '/run/board-1.sock' },
          meter: { host: '10.0.0.1', port: 502, unit: 1 },
        },
        {
          id: 2,
          evseId: 'DE*SWT*E5859E8',
          interface: 'eth1',
          kind: 'AC',
          fuse: 32,
          board: { path: '/run/board-2.sock' },
          meter: { host: '10.0.0.1', port: 502, unit: 2 },
        },
      ],
    });
  });

  it.each([
    [
      'a wrong number of EVSEs',
      { ...two, number_of_evses: 3 },
      addresses,
      1,
      /number_of_evses is 3/,
    ],
    ['no JSON', 'number_of_evses = 2', addresses, 1, /cannot read/],
    ['no board', two, ['--meter', '10.0.0.1:502/{id}'], 2, /give --board and --meter/],
    ['one board for two', two, ['--board', '/b', ...addresses.slice(2)], 2, /need \{id\}/],
    [
      'a meter without a port',
      two,
      [...addresses.slice(0, 2), '--meter', 'm{id}'],
      2,
      /--meter m1/,
    ],
    ['another kind', two, [...addresses, '--kind', 'HPC'], 2, /HPC/],
    ['no fuse', two, [...addresses, '--fuse', '0'], 2, /--fuse 0/],
  ])('%s is an error that says so', async (_, document, options, code, message) => {
    const answer = await run(file(document), ...options);
    expect({ code: answer.code, out: answer.out }).toEqual({ code, out: '' });
    expect(answer.err).toMatch(message);
  });

  it('needs a file, and knows no other word', async () => {
    directory = join(tmpdir(), 'kbt-pyslac-none');
    expect((await kerbside(['installation', 'import-pyslac'])).err).toMatch(/needs a FILE/);
    expect((await kerbside(['installation', 'export'])).code).toBe(2);
  });
});
