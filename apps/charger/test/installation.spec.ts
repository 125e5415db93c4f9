import { afterEach, describe, expect, it } from 'vitest';
import type { Configuration, EvseConfiguration, Problem } from '@kerbside/contracts';
import { parseConfig } from '../src/config.ts';
import { emptyHistory, startUnit } from './support/unit.ts';

const evse = (id: number, more: object = {}) => ({
  id,
  interface: `ev${id}`,
  board: { path: `/run/board-${id}.sock` },
  meter: { host: '10.0.0.9', unit: id },
  ...more,
});
const document = {
  evses: [
    evse(1, { evseId: 'DE*KRB*E1', slac: { timers: { TT_EVSE_SLAC_init: 30_000 } } }),
    evse(2, { slac: { fastTimeout: true } }),
  ],
};
const INIT = 'timers.TT_EVSE_SLAC_init';

const units: Awaited<ReturnType<typeof startUnit>>[] = [];
afterEach(async () => {
  for (const unit of units.splice(0)) await unit.stop();
});
async function start(env: Record<string, string> = {}) {
  const unit = await startUnit(env, emptyHistory, document);
  units.push(unit);
  const cookie = await unit.claim();
  const call = async <T>(method: string, path: string, body?: unknown) => {
    const answer = await unit.call(method, path, body, {
      cookie,
      ...(method === 'GET' ? {} : { origin: unit.base }),
    });
    return { status: answer.status, body: (await answer.json()) as T };
  };
  const setting = async (id: number, name: string) => {
    const { body } = await call<EvseConfiguration>('GET', `/installation/evses/${id}/slac`);
    return body.settings.find((one) => one.name === name);
  };
  return { unit, call, setting };
}

describe('SLAC settings over REST', () => {
  it('two EVSEs have settings of their own; a change reaches its EVSE at once, is kept and audited', async () => {
    const { unit, call, setting } = await start();
    expect(await setting(1, INIT)).toMatchObject({ value: 30_000, source: 'installation' });
    expect(await setting(2, INIT)).toMatchObject({ value: 10_000, source: 'default' });
    const body = { timers: { TT_EVSE_SLAC_init: 45_000 }, validation: 'strict' };
    const put = await call<EvseConfiguration>('PUT', '/installation/evses/1/slac', body);
    expect(put.status).toBe(200);
    expect(await setting(1, INIT)).toMatchObject({
      value: 45_000,
      source: 'store',
      overridden: [{ source: 'installation', value: 30_000 }],
      applies: 'next-matching',
    });
    expect(await setting(2, INIT)).toMatchObject({ value: 10_000, source: 'default' });
    expect(unit.applied.map(({ evse: id, layers }) => [id, layers.store])).toEqual([[1, body]]);
    expect(unit.kept.at(-1)).toEqual({ overlay: { evses: { 1: { slac: body } } }, by: 'owner' });
    const audited = unit.store.changes.flatMap((change) =>
      change.change === 'audit' ? [change.entry] : [],
    );
    expect(audited.at(-1)).toMatchObject({
      actor: 'owner',
      action: 'installation.slac',
      object: 'evse:1',
      detail: { settings: body },
    });
    // a PUT replaces: what is absent has its default again
    await call('PUT', '/installation/evses/1/slac', {});
    expect(await setting(1, 'validation')).toMatchObject({ value: 'lenient', source: 'default' });
  });

  it.each([
    [
      { timers: { TT_EVSE_SLAC_init: 60_000 } },
      '/timers/TT_EVSE_SLAC_init',
      /60000.*20000 to 50000 ms/,
    ],
    [{ timers: { T_step_EF: -1 } }, '/timers/T_step_EF', /0/],
    [{ timers: { nothing: 1 } }, '/timers/nothing', /not a setting/],
    [{ validation: 'none' }, '/validation', /lenient.*strict/],
    [{ modem: { mac: 'x' } }, '/modem/mac', /00:b0:52/],
    [{ nothing: 1 }, '/nothing', /not a known field/],
    [{ C_sequ_retry: 11 }, '/C_sequ_retry', /11: it may be from 0 to 10/],
  ])('%o is refused, and nothing is kept', async (body, pointer, message) => {
    const { unit, call } = await start();
    const { status, body: problem } = await call<Problem>(
      'PUT',
      '/installation/evses/1/slac',
      body,
    );
    expect(status).toBe(400);
    expect(problem.errors?.map((error) => error.pointer)).toContain(pointer);
    expect(problem.errors?.find((error) => error.pointer === pointer)?.message).toMatch(message);
    expect(unit.kept).toEqual([]);
    expect(unit.applied).toEqual([]);
  });

  it('an EVSE that is not there is not found; nobody reads or writes without permission', async () => {
    const { unit, call } = await start();
    expect((await call('GET', '/installation/evses/3/slac')).status).toBe(404);
    expect((await call('PUT', '/installation/evses/3/slac', {})).status).toBe(404);
    expect((await unit.call('GET', '/installation/evses/1/slac')).status).toBe(401);
    expect((await unit.call('PUT', '/installation/evses/1/slac', {})).status).toBe(401);
    await call('POST', '/accounts', {
      name: 'op',
      password: 'another long phrase',
      role: 'operator',
    });
    const login = await unit.call(
      'POST',
      '/login',
      { name: 'op', password: 'another long phrase' },
      { origin: unit.base },
    );
    const cookie = (login.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const as = { cookie, origin: unit.base };
    expect((await unit.call('GET', '/installation/settings', undefined, as)).status).toBe(403);
    expect((await unit.call('PUT', '/installation/evses/1/slac', {}, as)).status).toBe(403);
    expect(unit.kept).toEqual([]);
  });
});

describe('the environment overrides the store', () => {
  it('and is shown as doing so, in the API and in the log', async () => {
    const { unit, call, setting } = await start({ SLAC_INIT_TIMEOUT: '50', LOG_LEVEL: 'WARNING' });
    await call('PUT', '/installation/evses/1/slac', { timers: { TT_EVSE_SLAC_init: 45_000 } });
    await call('PUT', '/installation/settings', { logLevel: 'debug' });
    expect(await setting(1, INIT)).toMatchObject({
      value: 50_000,
      source: 'environment',
      variable: 'SLAC_INIT_TIMEOUT',
      overridden: [
        { source: 'installation', value: 30_000 },
        { source: 'store', value: 45_000 },
      ],
    });
    const { body } = await call<Configuration>('GET', '/installation/settings');
    expect(body.unit).toEqual([
      expect.objectContaining({
        name: 'logLevel',
        value: 'warn',
        source: 'environment',
        variable: 'LOG_LEVEL',
        overridden: [{ source: 'store', value: 'debug' }],
        applies: 'next-start',
      }),
    ]);
    expect(body.evses.map((one) => one.evse)).toEqual([1, 2]);
    unit.services.installation.tell(unit.log);
    const told = unit.log.lines.filter((line) => line.event === 'settings.from-environment');
    expect(told.map(({ fields }) => [fields['variable'], fields['evse'], fields['value']])).toEqual(
      [
        ['LOG_LEVEL', undefined, 'warn'],
        ['SLAC_INIT_TIMEOUT', 1, 50_000],
        ['SLAC_INIT_TIMEOUT', 2, 50_000],
      ],
    );
  });

  it.each([
    ['SLAC_INIT_TIMEOUT', '50', { slacInitTimeout: 50_000 }],
    ['SLAC_INIT_TIMEOUT', '22.5', { slacInitTimeout: 22_500 }],
    ['LOG_LEVEL', 'DEBUG', { logLevel: 'debug' }],
    ['LOG_LEVEL', 'CRITICAL', { logLevel: 'error' }],
  ])('%s=%s', (name, value, expected) => {
    expect(parseConfig({ KERBSIDE_DATA: '/d', [name]: value })).toMatchObject(expected);
  });

  it.each([
    ['SLAC_INIT_TIMEOUT', '51', /SLAC_INIT_TIMEOUT: at most 50 s/],
    ['SLAC_INIT_TIMEOUT', '9', /SLAC_INIT_TIMEOUT: at least 10 s/],
    ['SLAC_INIT_TIMEOUT', 'soon', /SLAC_INIT_TIMEOUT: expected seconds/],
    ['SLAC_INIT_TIMEOUT', '', /SLAC_INIT_TIMEOUT: expected seconds/],
    ['LOG_LEVEL', 'loud', /LOG_LEVEL/],
  ])('%s=%s is refused by name', (name, value, message) => {
    expect(() => parseConfig({ KERBSIDE_DATA: '/d', [name]: value })).toThrow(message);
  });
});

describe("the import of pySLAC's configuration", () => {
  const parameters = [
    { evse_id: 'DE*SWT*E123456789', network_interface: 'eth0' },
    { evse_id: 'DE*SWT*E5859E8', network_interface: 'eth1' },
  ];

  it('gives the EVSEs their ids and interfaces from the next start on', async () => {
    const { unit, call } = await start();
    const { status, body } = await call('PUT', '/installation/pyslac', {
      number_of_evses: 2,
      parameters,
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      evses: [
        { evse: 1, evseId: 'DE*SWT*E123456789', interface: 'eth0' },
        { evse: 2, evseId: 'DE*SWT*E5859E8', interface: 'eth1' },
      ],
      applies: 'next-start',
    });
    expect(unit.kept.at(-1)?.overlay.evses['2']).toEqual({
      evseId: 'DE*SWT*E5859E8',
      interface: 'eth1',
    });
  });

  it.each([
    [{ number_of_evses: 0, parameters }, 400, 'number_of_evses is 0'],
    [{ number_of_evses: 1, parameters }, 400, 'number_of_evses is 1, but parameters holds 2'],
    [{ number_of_evses: '2', parameters }, 400, 'number_of_evses is "2"'],
    [{ number_of_evses: 1, parameters: parameters.slice(1) }, 409, 'this unit has 2'],
  ])('%o is refused', async (body, status, detail) => {
    const { unit, call } = await start();
    const answer = await call<Problem>('PUT', '/installation/pyslac', body);
    expect(answer.status).toBe(status);
    expect(answer.body.detail).toContain(detail);
    expect(unit.kept).toEqual([]);
  });
});
