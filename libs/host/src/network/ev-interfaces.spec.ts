import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, millis, silentLogger } from '@kerbside/kernel';
import { ManualClock } from '@kerbside/kernel/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { guardEvInterfaces } from './ev-interfaces.ts';
import { boot, namespace } from './this-machine.ts';

const setting = '/proc/sys/net/ipv6/conf/evtest0/accept_ra';
const machine = vi.hoisted(() => ({ value: '0', refuses: true, full: false }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  return {
    ...real,
    readFileSync: (file: string, encoding: 'utf8') =>
      file === setting ? `${machine.value}\n` : real.readFileSync(file, encoding),
    writeFileSync: (file: string, text: string, options: object) => {
      if (file !== setting) {
        // As a full disk does: the file is there, and empty.
        real.writeFileSync(file, machine.full ? '' : text, options);
        if (machine.full) throw new Error('ENOSPC: no space left on device');
        return;
      }
      if (machine.refuses) throw new Error('EACCES: permission denied');
      machine.value = text;
    },
  };
});

describe('the settings of EV interfaces that a run before this one changed', () => {
  let directory: string;
  let warned: string[];
  const log: Logger = {
    ...silentLogger,
    warn: (event) => void warned.push(event),
    with: () => log,
  };
  const guard = () =>
    guardEvInterfaces({ names: [], directory, clock: new ManualClock(), log, ip: undefined });
  const file = () => join(directory, 'ev-interfaces.json');

  const keep = (prior: Record<string, string>) =>
    writeFileSync(file(), JSON.stringify({ boot: boot(), namespace: namespace(), prior }));

  beforeEach(() => {
    warned = [];
    machine.full = false;
    directory = mkdtempSync(join(tmpdir(), 'kbt-guard-'));
    keep({ evtest0: '2' });
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('are told to the log and kept where they can’t be put back: the charger stops all the same', () => {
    machine.refuses = true;
    guard().stop();
    expect(warned).toEqual(['ev-interface.accept-ra']);
    expect(readFileSync(file(), 'utf8')).toContain('"evtest0":"2"');
    machine.refuses = false;
    guard().stop();
    expect(machine.value).toBe('2');
    expect(() => readFileSync(file(), 'utf8')).toThrow('ENOENT');
  });

  it('are changed on a full disk too: that is told once, the record is written when there is room, and all is put back', () => {
    machine.refuses = false;
    machine.full = true;
    machine.value = '1';
    const clock = new ManualClock();
    const running = guardEvInterfaces({
      names: ['evtest0'],
      directory,
      clock,
      log,
      ip: undefined,
    });
    expect(machine.value).toBe('0');
    clock.advance(millis(2000));
    expect(warned).toEqual(['ev-interface.record']);
    // What an earlier run wrote is not lost by that.
    expect(readFileSync(file(), 'utf8')).toContain('"evtest0":"2"');
    machine.full = false;
    clock.advance(millis(500));
    expect(readFileSync(file(), 'utf8')).toContain('"evtest0":"1"');
    running.stop();
    expect(machine.value).toBe('1');
    expect(readdirSync(directory)).toEqual([]);
  });

  it('are put back from memory where the record was never written', () => {
    rmSync(file());
    machine.refuses = false;
    machine.full = true;
    machine.value = '2';
    const running = guardEvInterfaces({
      names: ['evtest0'],
      directory,
      clock: new ManualClock(),
      log,
      ip: undefined,
    });
    expect(machine.value).toBe('0');
    running.stop();
    expect(machine.value).toBe('2');
  });

  it('are those of interfaces alone, whatever the file says', () => {
    machine.refuses = false;
    const other = join(directory, 'accept_ra');
    writeFileSync(other, '0');
    keep({ [`../../../../..${directory}`]: '1', evtest0: 'x' });
    machine.value = '0';
    guard().stop();
    expect(readFileSync(other, 'utf8')).toBe('0');
    expect(machine.value).toBe('0');
  });
});
