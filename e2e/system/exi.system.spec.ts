import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const program = [path.join(root, 'bin/kerbside.mjs'), 'exi'];
let folder = '';
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'kbt-exi-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function exi(args: readonly string[], input: string | Uint8Array = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...args], {
    cwd: root,
    input,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return { code: status, out: stdout, err: stderr };
}
function file(name: string, content: string | Uint8Array): string {
  const full = path.join(folder, name);
  writeFileSync(full, content);
  return full;
}
const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const framed = (type: string, hex: string): string =>
  `01fe${type}${(hex.length / 2).toString(16).padStart(8, '0')}${hex}`;
const jsonLines = (text: string): unknown[] =>
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
const bad = '8098'; // ends where the header should begin
/** supportedAppProtocolRes as OpenV2G and others write it. */
const sapHex = '80400040';

describe('kerbside exi, as a process', () => {
  it('shows how it is used', () => {
    const help = exi(['--help']);
    expect(help).toMatchObject({ code: 0, err: '' });
    for (const word of [
      'decode',
      'encode',
      '--file FILE',
      '--explain',
      '--keep-going',
      '--protocol',
    ])
      expect(help.out).toContain(word);
    expect(help.out).toContain('iso20-wpt');
    expect(exi([])).toMatchObject({ code: 2, out: help.out });
    expect(exi(['decod'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean decode?') as string,
    });
    expect(exi(['decode', '--protocol', 'iso22', exiHex]).err).toContain('did you mean iso2?');
    expect(exi(['encode', '--explain', '{}'])).toMatchObject({ code: 2, out: '' });
    expect(exi(['decode', exiHex, '--file', 'x'])).toMatchObject({ code: 2, out: '' });
    expect(exi(['decode', exiHex, exiHex])).toMatchObject({ code: 2, out: '' });
    expect(exi(['decode', '--file', path.join(folder, 'nowhere')]).err).toContain('no such file');
    expect(exi(['decode', '--file', folder]).err).toContain('is a directory');
  });

  it('decodes the message of the command line: hex, with its protocol told or found out, framed', () => {
    for (const args of [
      [exiHex],
      [`0x${exiHex}`],
      [exiHex.toUpperCase()],
      ['--protocol', 'iso2', exiHex],
      [framed('8001', exiHex)],
    ]) {
      const { code, out, err } = exi(['decode', ...args]);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(JSON.parse(out)).toEqual(json);
    }
    expect(exi(['decode', exiHex]).out).toBe(`${JSON.stringify(json, undefined, 2)}\n`);
  });

  it('encodes the message of the command line', () => {
    expect(exi(['encode', '--protocol', 'iso2', JSON.stringify(json)])).toEqual({
      code: 0,
      out: `${exiHex}\n`,
      err: '',
    });
    const answer = {
      supportedAppProtocolRes: { ResponseCode: 'OK_SuccessfulNegotiation', SchemaID: 1 },
    };
    expect(exi(['encode', JSON.stringify(answer)])).toMatchObject({ code: 0, err: '' });
    expect(exi(['encode', '{'])).toMatchObject({ code: 2, out: '' });
    expect(exi(['encode', '--protocol', 'iso2', '{"V2G_Message":{}}'])).toMatchObject({
      code: 1,
      out: '',
      err: 'V2G_Message: Header is missing\n',
    });
  });

  it('says where a message is wrong, with byte, bit and path', () => {
    expect(exi(['decode', exiHex.slice(0, 20)])).toEqual({
      code: 1,
      out: '',
      err: 'length 8, 54 bits left (V2G_Message/Header/SessionID, byte 3) at bit 26\n',
    });
    expect(exi(['decode', '--protocol', 'iso2', `${exiHex}8`])).toMatchObject({
      code: 1,
      err: 'an odd number of hex digits (byte 16)\n',
    });
    expect(exi(['decode', '--protocol', 'iso2', 'xyz'])).toMatchObject({ code: 1, out: '' });
  });

  it('shows the bits of each field', () => {
    const { code, out, err } = exi(['decode', '--explain', exiHex]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    // 16 bytes: the header, what the message takes, and the padding
    expect(out).toMatch(/^ *1\.0 \+114 {2}V2G_Message\n/);
    expect(out).toMatch(/\n +\d+\.\d \+\d+ +SessionID = "E6A0814C96FAD4CD" {2}\(sessionIDType\)\n/);
    expect(out).toMatch(/\(padding\)\n$/);
    const broken = exi(['decode', '--explain', exiHex.slice(0, 20)]);
    expect(broken.code).toBe(1);
    expect(broken.out).toContain('SessionID');
    expect(broken.out).toMatch(/\(unread\)\n$/);
    expect(broken.err).toContain('at bit 26');
  });

  it('reads files, binary or hex', () => {
    const files = [
      file('binary.exi', bytesOf(exiHex)),
      file('plain.hex', exiHex),
      file('windows.hex', `\ufeff${exiHex.toUpperCase()}\r\n`),
      file('spaced.hex', `${exiHex.replace(/(..)/g, '$1 ').trimEnd()}\n`),
    ];
    for (const one of files) {
      const { code, out, err } = exi(['decode', '--file', one]);
      expect({ code, err }, one).toEqual({ code: 0, err: '' });
      const said = JSON.parse(out) as { json?: unknown };
      expect(said.json ?? said, one).toEqual(json);
    }
    const all = exi(['decode', ...files.slice(1).flatMap((one) => ['--file', one])]);
    expect(jsonLines(all.out)).toHaveLength(3);
    expect(exi(['decode'], bytesOf(exiHex)).out).toBe(exi(['decode', exiHex]).out);
  });

  it('reads V2GTP messages, one after the other in a file', () => {
    const stop = '8094'; // cut, of ISO 15118-20
    const frames = [framed('8001', sapHex), framed('8001', exiHex)];
    const good = file('good.v2gtp', bytesOf(frames.join('')));
    const { code, out, err } = exi(['decode', '--file', good]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const answer = {
      supportedAppProtocolRes: { ResponseCode: 'OK_SuccessfulNegotiation', SchemaID: 1 },
    };
    expect(jsonLines(out)).toEqual([
      { id: 0, protocol: 'sap', json: answer },
      { id: 12, protocol: 'iso2', json },
    ]);
    const broken = file('broken.v2gtp', bytesOf(framed('8002', stop) + frames.join('')));
    const ended = exi(['decode', '--file', broken]);
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toMatch(/broken\.v2gtp: message at byte 0: .* at bit \d+\n$/);
    const kept = exi(['decode', '--keep-going', '--file', broken]);
    expect(kept.code).toBe(0);
    expect(jsonLines(kept.out)).toHaveLength(3);
    const cut = exi(['decode', '--keep-going'], bytesOf(frames.join('')).slice(0, -3));
    expect(cut.code).toBe(1);
    expect(jsonLines(cut.out)).toHaveLength(2); // what could not be cut is answered too
    expect(jsonLines(cut.out)[1]).toMatchObject({ error: { code: 'v2gtp.length' } });
  });

  it('answers lines of JSON and of hex, in the order of the input', () => {
    const lines = [
      JSON.stringify({ id: 'a', protocol: 'iso2', exiHex }),
      exiHex,
      '',
      JSON.stringify({ id: 'b', exiHex }),
    ];
    const { code, out, err } = exi(['decode'], lines.join('\n'));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(jsonLines(out)).toEqual([
      { id: 'a', json },
      { id: 2, protocol: 'iso2', json },
      { id: 'b', json },
    ]);
    const back = exi(['encode', '--protocol', 'iso2'], `${JSON.stringify({ id: 1, json })}\r\n`);
    expect(jsonLines(back.out)).toEqual([{ id: 1, exiHex }]);
  });

  it('ends at the first bad one, or goes on when told', () => {
    const lines = [
      { id: 1, exiHex },
      { id: 'x', exiHex: bad },
      { id: 3, exiHex },
    ].map((one) => JSON.stringify(one));
    const ended = exi(['decode'], lines.join('\n'));
    expect(ended.code).toBe(1);
    expect(jsonLines(ended.out)).toEqual([{ id: 1, json }]);
    expect(ended.err).toMatch(/^line 2 \("x"\): .*\(V2G_Message\/Header, byte 2\) at bit 16\n$/);
    const kept = exi(['decode', '--keep-going'], lines.join('\n'));
    expect(kept).toMatchObject({ code: 0, err: '' });
    expect(jsonLines(kept.out)).toMatchObject([
      { id: 1, json },
      {
        id: 'x',
        error: { code: 'exi.short', offset: 2, bitOffset: 16, path: 'V2G_Message/Header' },
      },
      { id: 3, json },
    ]);
  });

  it.each([
    ['nothing', '', 0, ''],
    ['only a byte order mark', '\ufeff', 0, ''],
    ['only line ends', '\r\n\n\r\n', 0, ''],
    ['half a hex digit pair', '809', 1, 'line 1: an odd number of hex digits'],
    ['no hex and no JSON', 'hello', 1, 'line 1: the line is not JSON'],
    ['JSON that is no object', '[1]', 1, 'line 1: the line is not a JSON object'],
    ['a line of ten million digits', '8'.repeat(10_000_000), 1, 'line 1: the line is too long'],
    ['UTF-16', Buffer.from('\ufeff{"id":1}', 'utf16le'), 1, 'line 1: '],
    ['bytes that are no text', Uint8Array.of(0xff, 0x00, 0x01), 1, 'line 1: '],
    ['EXI that never ends', new Uint8Array(100_000).fill(0x80), 1, 'too long for a message'],
  ])('takes %s', (_what, input, code, err) => {
    const said = exi(['decode'], input);
    expect(said).toMatchObject({ code, out: '' });
    expect(said.err.startsWith(err), said.err).toBe(true);
    expect(said.err.split('\n').length).toBeLessThanOrEqual(2);
  });

  it('says that a file is empty, and that EXI can not be encoded', () => {
    const empty = exi(['decode', '--file', file('empty.exi', '')]);
    expect(empty).toMatchObject({ code: 1, out: '' });
    expect(empty.err).toMatch(/empty\.exi: the file is empty\n$/);
    expect(exi(['encode'], bytesOf(exiHex))).toMatchObject({ code: 2, out: '' });
  });

  it('answers 200 MB of lines in a heap of 64 MB, as many as came', { timeout: 120_000 }, () => {
    const signed = JSON.parse(
      readFileSync(path.join(root, 'libs/iso15118/test/fixtures/exi/gen-iso2.json'), 'utf8'),
    ) as { exiHex: string; message: string }[];
    const long = signed.find((one) => one.exiHex.length > 3000)?.exiHex ?? '';
    const line = `${JSON.stringify({ id: 1, protocol: 'iso2', exiHex: long })}\n`;
    const count = Math.ceil(200_000_000 / line.length);
    const name = path.join(folder, 'long.jsonl');
    const to = openSync(name, 'w');
    const many = line.repeat(1000);
    let written = 0;
    for (; written + 1000 <= count; written += 1000) writeSync(to, many);
    closeSync(to);
    const run = spawnSync(
      '/bin/sh',
      [
        '-c',
        '"$@" | wc -l',
        'sh',
        process.execPath,
        '--max-old-space-size=64',
        ...program,
        'decode',
        '--file',
        name,
      ],
      { cwd: root, encoding: 'utf8' },
    );
    expect(run.stderr).toBe('');
    expect(Number(run.stdout)).toBe(written);
  });

  it('ends quietly when nobody reads its answers any more', { timeout: 60_000 }, async () => {
    const child = spawn(process.execPath, [...program, 'decode'], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.stdin.on('error', () => undefined); // it reads no more
    const line = `${JSON.stringify({ id: 1, exiHex })}\n`.repeat(1000);
    child.stdin.write(line);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const ended = once(child, 'exit');
    // the input never ends: only that the reader is gone can end the program
    const more = (): void => {
      if (child.exitCode === null && child.stdin.writable)
        child.stdin.write(line, () => setImmediate(more));
    };
    more();
    const [code] = (await ended) as [number | null];
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
  });
});
