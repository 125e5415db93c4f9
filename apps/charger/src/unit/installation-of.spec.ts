import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { collectingLogger } from '@kerbside/kernel/testing';
import type { Operation, Store } from '@kerbside/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { installationOf } from './installation-of.ts';

let directory: string;
beforeEach(() => (directory = mkdtempSync(path.join(tmpdir(), 'kbt-installation-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const evse = (id: number, more: object = {}) => ({
  id,
  interface: `ev${id}`,
  board: { path: `/run/board-${id}.sock` },
  meter: { host: '10.0.0.9', unit: id },
  ...more,
});
const document = { evses: [evse(1), evse(2, { slac: { validation: 'strict' } })] };

/** What is read of a store: its settings at the start. */
function known(
  settings: unknown,
  { env = {}, file = document }: { env?: Record<string, string>; file?: unknown } = {},
) {
  const name = path.join(directory, 'installation.json');
  writeFileSync(name, JSON.stringify(file));
  const noted: Operation[] = [];
  const log = collectingLogger();
  const kept = settings === undefined ? [] : [{ key: 'settings', value: JSON.stringify(settings) }];
  const store = {
    start: { settings: kept },
    note: (operations: readonly Operation[]) => void noted.push(...operations),
  } as unknown as Store;
  const config = parseConfig({ KERBSIDE_DATA: directory, KERBSIDE_INSTALLATION: name, ...env });
  return { ...installationOf(config, store, log), noted, log };
}
const leftOut = ({ log }: ReturnType<typeof known>) =>
  log.lines.filter(({ event }) => event === 'settings.left-out').map(({ fields }) => fields);

describe('what a unit consists of', () => {
  it('is the document, with what was set through the API on top', () => {
    const slac = { timers: { TT_EVSE_SLAC_init: 45_000 } };
    const unit = known({ evses: { 2: { evseId: 'DE*SWT*E2', interface: 'eth1', slac } } });
    expect(unit.origin).toBe('file');
    expect(unit.installation.evses).toMatchObject([
      { id: 1, interface: 'ev1' },
      { id: 2, interface: 'eth1', evseId: 'DE*SWT*E2', slac: { validation: 'strict' } },
    ]);
    expect(unit.overlay.evses['2']?.slac).toEqual(slac);
    expect(leftOut(unit)).toEqual([]);
    expect(unit.noted).toHaveLength(1);
  });

  it.each([
    [
      'an interface twice',
      { evses: { 2: { interface: 'ev1' } } },
      /an EV interface is given twice/,
    ],
    [
      'a timer out of its range',
      { evses: { 1: { slac: { timers: { T_step_EF: 1 } } } } },
      /EVSE 1: timers.T_step_EF is 1: it may be from 4000 to 8000 ms/,
    ],
    ['what nobody can read', { evses: { 1: { slac: { validation: 'x' } } } }, /cannot be read/],
  ])('%s among the settings: the unit starts without them, and says so', (_, settings, error) => {
    const unit = known(settings);
    expect(unit.overlay).toEqual({ evses: {} });
    expect(unit.installation.evses).toMatchObject([{ interface: 'ev1' }, { interface: 'ev2' }]);
    expect(leftOut(unit)).toEqual([{ error: expect.stringMatching(error) as unknown }]);
  });

  it('SLAC_INIT_TIMEOUT that an EVSE may not have ends the start, by name', () => {
    const env = { SLAC_INIT_TIMEOUT: '15' };
    expect(() => known(undefined, { env })).toThrow(
      /environment: EVSE 1: SLAC_INIT_TIMEOUT .* is 15000: it may be from 20000 to 50000 ms/,
    );
    const file = { evses: [evse(1, { fastTimeout: true })] };
    expect(known(undefined, { env, file }).installation.evses[0]?.slac).toEqual({
      fastTimeout: true,
    });
  });

  it('the example of the documentation starts', () => {
    const example = new URL('../../../../docs/examples/installation.json', import.meta.url);
    const file: unknown = JSON.parse(readFileSync(example, 'utf8'));
    expect(known(undefined, { file }).installation.evses).toHaveLength(1);
  });

  it('a document whose settings of SLAC are wrong ends the start, by field', () => {
    const file = { evses: [evse(1), evse(2, { slac: { timers: { TT_match_join: 1 } } })] };
    expect(() => known(undefined, { file })).toThrow(
      /evses.1.slac: timers.TT_match_join is 1: it may be from 5000 to 30000 ms/,
    );
    const unknown = { evses: [evse(1, { slac: { slacInitTimeout: 1 } })] };
    expect(() => known(undefined, { file: unknown })).toThrow(/evses.0.slac: .*slacInitTimeout/);
  });
});
