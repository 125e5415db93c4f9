import { constants, endianness } from 'node:os';
import { seconds } from '@kerbside/kernel';
import { ManualClock } from '@kerbside/kernel/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { packetFilter } from './packet-filter.ts';
import { openPacketFrameLink } from './packet-frame-link.ts';

/** A machine with one interface, as far as a link sees it through its system calls. */
const machine = vi.hoisted(() => ({
  mac: [2, 0, 0, 0, 0xaa, 1],
  up: true,
  /** Refuses to watch. */
  unwatchable: false,
  opened: 0,
  filters: [] as { readonly fd: number; readonly program: Uint8Array }[],
  closed: [] as number[],
  /** Per descriptor: what the link does with its watcher, and how it is called back. */
  watchers: new Map<
    number,
    { did: string[]; ready: (status: number) => void; ended: (why: string) => void }
  >(),
  /** What recv(2) fails with. */
  errno: 0,
}));

vi.mock('./libc.ts', async (original) => {
  const SIOCGIFFLAGS = 0x8913;
  const { errno } = constants;
  return {
    ...(await original<typeof import('./libc.ts')>()),
    libc: () => ({
      socket: () => 100 + machine.opened++,
      if_nametoindex: () => 5,
      bind: () => 0,
      getsockopt: () => 0,
      recv: () => -1,
      errno: () => machine.errno || errno.EAGAIN,
      close: (fd: number) => machine.closed.push(fd),
      attachFilter: (fd: number, program: Uint8Array) => machine.filters.push({ fd, program }),
      ioctl(_fd: number, request: number, ifreq: Uint8Array) {
        const view = new DataView(ifreq.buffer);
        if (request === SIOCGIFFLAGS) view.setUint16(16, Number(machine.up), endianness() === 'LE');
        else ifreq.set(machine.mac, 18);
        return 0;
      },
      watch(fd: number, _kind: string, ready: () => void, ended: () => void) {
        if (machine.unwatchable) throw new Error('no thread to be had');
        const did: string[] = [];
        machine.watchers.set(fd, { did, ready, ended });
        return {
          restart: () => did.push('restart'),
          stop: () => did.push('stop'),
          close: () => did.push('close'),
        };
      },
    }),
  };
});

const clock = new ManualClock();
const told: string[] = [];
const open = () =>
  openPacketFrameLink({ iface: 'eth9', clock, onStatus: ({ state }) => told.push(state) });
const watcher = (fd: number) => {
  const found = machine.watchers.get(fd);
  if (!found) throw new Error(`${fd} is not watched`);
  return found;
};

beforeEach(() => {
  Object.assign(machine, { mac: [2, 0, 0, 0, 0xaa, 1], up: true, unwatchable: false });
  Object.assign(machine, { opened: 0, filters: [], closed: [], errno: 0 });
  machine.watchers.clear();
  told.length = 0;
});

describe('errors of a socket', () => {
  const fail = (times: number) => {
    for (let i = 0; i < times; i++) {
      machine.errno = constants.errno.ENETDOWN;
      // one error a wake-up, as the kernel has it
      vi.spyOn(clock, 'monotonic').mockImplementationOnce(() => {
        machine.errno = 0;
        return ManualClock.prototype.monotonic.call(clock);
      });
      watcher(100).ready(-1);
    }
  };

  it('do not add up: however many there were in all, the watch goes on', () => {
    const link = open();
    for (let i = 0; i < 30; i++) {
      fail(1);
      clock.advance(seconds(1));
    }
    expect(watcher(100).did).toEqual(Array.from({ length: 30 }, () => 'restart'));
    expect(told).toEqual([]);
    link.close();
  });

  it('that come in a burst stop the watch for a second, also with the interface up', () => {
    const link = open();
    fail(9);
    expect(watcher(100).did.at(-1)).toBe('stop');
    clock.advance(seconds(1));
    expect(watcher(100).did.at(-1)).toBe('restart');
    expect(told).toEqual([]);
    link.close();
    expect(clock.pending).toBe(0);
  });
});

describe('a watch that ends unasked', () => {
  it('is told of, and the link opened again a second later', () => {
    const link = open();
    watcher(100).ended('the thread fell over');
    expect(told).toEqual(['gone']);
    clock.advance(seconds(1));
    expect(told).toEqual(['gone', 'up']);
    expect(machine.closed).toEqual([100]);
    expect(watcher(101).did).toEqual([]);
    watcher(100).ended('told late');
    expect(told).toEqual(['gone', 'up']);
    link.close();
    watcher(101).ended('asked');
    expect(told).toEqual(['gone', 'up']);
    expect(clock.pending).toBe(0);
  });

  it('is not called mended while nothing can watch', () => {
    const link = open();
    machine.unwatchable = true;
    watcher(100).ended('the thread fell over');
    clock.advance(seconds(5));
    expect(told).toEqual(['gone']);
    machine.unwatchable = false;
    clock.advance(seconds(1));
    expect(told).toEqual(['gone', 'up']);
    link.close();
    // every socket that was opened is closed, those too that nothing would watch
    expect(machine.closed.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: machine.opened }, (_, i) => 100 + i),
    );
    expect(clock.pending).toBe(0);
  });

  it('leaves nothing behind in a link that its listener closes', () => {
    const link = openPacketFrameLink({ iface: 'eth9', clock, onStatus: () => link.close() });
    watcher(100).ended('the thread fell over');
    expect(machine.closed).toEqual([100]);
    expect(clock.pending).toBe(0);
  });
});

describe('an address that changes while the interface stays up', () => {
  it('is followed within two seconds, by the filter and by what the link calls its own', () => {
    const link = open();
    clock.advance(seconds(10));
    expect(machine.filters.map(({ fd }) => fd)).toEqual([100]); // nothing is done for nothing
    machine.mac = [2, 0, 0, 0, 0xaa, 2];
    clock.advance(seconds(2));
    expect([...link.mac]).toEqual(machine.mac);
    expect(machine.filters.map(({ fd }) => fd)).toEqual([100, 101]);
    const mac = Uint8Array.from(machine.mac);
    const wanted = packetFilter({ etherType: 0x88e1, mac, hearAll: false });
    expect(machine.filters[1]?.program).toEqual(wanted);
    expect(machine.closed).toEqual([100]);
    expect(told).toEqual([]);
    link.close();
    expect(clock.pending).toBe(0);
  });

  it('waits for nothing in a link that its listener closes at that look', () => {
    const link = openPacketFrameLink({ iface: 'eth9', clock, onStatus: () => link.close() });
    machine.up = false;
    clock.advance(seconds(2));
    expect(machine.closed).toEqual([100]);
    expect(clock.pending).toBe(0);
  });
});
