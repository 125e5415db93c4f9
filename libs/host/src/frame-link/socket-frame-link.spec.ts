import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromHex, PortError, toHex } from '@kerbside/kernel';
import type { FrameLink } from '@kerbside/slac';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FrameHub, openFrameHub } from './frame-hub.ts';
import { mergeFrameLinks } from './merge-frame-links.ts';
import { openSocketFrameLink } from './socket-frame-link.ts';

const mac = (i: number) => fromHex(`02000000aa0${i}`);
const frame = (to: string, from: number, rest = '88e101646000') =>
  fromHex(`${to}02000000aa0${from}${rest}`.padEnd(120, '0'));
const ALL = 'ffffffffffff';

describe('frames over a Unix socket', () => {
  let folder: string;
  let path: string;
  let hub: FrameHub;
  const links: FrameLink[] = [];
  const heard: string[][] = [];

  function open(i: number, hearAll = false): FrameLink {
    const link = openSocketFrameLink(path, { mac: mac(i), hearAll });
    const list: string[] = [];
    heard.push(list);
    link.onFrame((bytes) => list.push(toHex(bytes)));
    links.push(link);
    return link;
  }
  const joined = (count: number) =>
    vi.waitFor(() => expect(hub.members).toHaveLength(count), { timeout: 3000 });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kbt-hub-'));
    path = join(folder, 'hub.sock');
    hub = await openFrameHub(path);
  });
  afterEach(async () => {
    for (const link of links.splice(0)) link.close();
    heard.length = 0;
    await hub.close();
    rmSync(folder, { recursive: true });
  });

  it('go to all others; each takes what is for it, for all, or everything', async () => {
    const one = open(1);
    open(2);
    open(3, true);
    await joined(3);
    one.send(frame('02000000aa02', 1));
    one.send(frame('00b052000001', 1));
    one.send(frame(ALL, 1));
    await vi.waitFor(() => expect(heard[2]).toHaveLength(3));
    expect(heard[1]).toEqual([toHex(frame('02000000aa02', 1)), toHex(frame(ALL, 1))]);
    expect(heard[0]).toEqual([]);
  });

  it('wait for the hub, and find it again when it was away', async () => {
    await hub.close();
    const one = open(1);
    const two = open(2);
    expect(() => one.send(frame(ALL, 1))).toThrow(PortError);
    hub = await openFrameHub(path);
    await joined(2);
    await hub.close();
    hub = await openFrameHub(path);
    await joined(2);
    await vi.waitFor(() => two.send(frame(ALL, 2)));
    await vi.waitFor(() => expect(heard[0]).toEqual([toHex(frame(ALL, 2))]));
  });

  it('take what is for the address of now, where that may change', async () => {
    const one = open(1);
    const own = mac(2);
    const link = openSocketFrameLink(path, { mac: () => own });
    links.push(link);
    const got: string[] = [];
    link.onFrame((bytes) => got.push(toHex(bytes)));
    await joined(2);
    own.set(mac(7));
    one.send(frame('02000000aa02', 1));
    one.send(frame('02000000aa07', 1));
    await vi.waitFor(() => expect(got).toEqual([toHex(frame('02000000aa07', 1))]));
    expect(toHex(link.mac)).toBe('02000000aa07');
  });

  it('refuse a second hub on the same path, replace a dead one', async () => {
    await expect(openFrameHub(path)).rejects.toThrow(PortError);
    const dead = join(folder, 'dead.sock');
    const script = `require('net').createServer().listen('${dead}', () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', script]);
    expect(existsSync(dead)).toBe(true);
    await (await openFrameHub(dead)).close();
  });

  it('drop a peer that says nonsense, and go on', async () => {
    const one = open(1);
    open(2);
    await joined(2);
    for (const nonsense of ['ffffffff00', '0000000202aa', '00000006aaaaaaaaaaaaffffffff']) {
      const raw = connect({ path });
      const gone = new Promise((resolve) => raw.on('close', resolve));
      raw.on('error', () => {});
      raw.write(fromHex(nonsense));
      await gone;
    }
    await joined(2);
    one.send(frame(ALL, 1));
    await vi.waitFor(() => expect(heard[1]).toHaveLength(1));
  });

  it('come in pieces of any size', async () => {
    open(2);
    await joined(1);
    const raw = connect({ path });
    const whole = fromHex(`0000000602000000aa09${'0000003c'}${toHex(frame(ALL, 9))}`);
    for (const byte of whole) {
      raw.write(Uint8Array.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await vi.waitFor(() => expect(heard[0]).toEqual([toHex(frame(ALL, 9))]));
    raw.destroy();
  });
});

describe('two links as one', () => {
  class Fake implements FrameLink {
    readonly mac = mac(1);
    readonly sent: string[] = [];
    broken = false;
    closed = false;
    receive: (frame: Uint8Array) => void = () => {};
    send(bytes: Uint8Array): void {
      if (this.broken) throw new PortError('broken', 'broken');
      this.sent.push(toHex(bytes));
    }
    onFrame(receive: (frame: Uint8Array) => void): () => void {
      this.receive = receive;
      return () => (this.receive = () => {});
    }
    close(): void {
      this.closed = true;
    }
  }

  it('send to both, receive from both, and fail only when both fail', () => {
    const a = new Fake();
    const b = new Fake();
    const both = mergeFrameLinks(a, b);
    const got: string[] = [];
    const end = both.onFrame((bytes) => got.push(toHex(bytes)));
    both.send(frame(ALL, 1));
    expect([a.sent.length, b.sent.length]).toEqual([1, 1]);
    a.receive(frame(ALL, 2));
    b.receive(frame(ALL, 2));
    expect(got).toHaveLength(2);
    b.broken = true;
    both.send(frame(ALL, 1));
    expect(a.sent).toHaveLength(2);
    a.broken = true;
    expect(() => both.send(frame(ALL, 1))).toThrow(PortError);
    end();
    a.receive(frame(ALL, 2));
    expect(got).toHaveLength(2);
    both.close();
    expect([a.closed, b.closed]).toEqual([true, true]);
  });
});
