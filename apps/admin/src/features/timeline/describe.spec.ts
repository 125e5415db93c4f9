import type { TimelineEntry } from '@kerbside/contracts';
import { formatters } from '@kerbside/ui';
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { de } from '../../i18n/de.ts';
import { en } from '../../i18n/en.ts';
import { describeRow } from './describe.ts';
import { bytesOf, hexDump } from './entry-data.ts';
import { rowsOf } from './rows.ts';

beforeAll(() =>
  i18next.init({
    lng: 'en',
    resources: { en: { translation: en }, de: { translation: de } },
    interpolation: { escapeValue: false },
  }),
);

function say(source: TimelineEntry['source'], type: string, data: object) {
  const [row] = rowsOf([
    { id: 1, at: '2026-01-01T10:00:00.000Z', source, type, data: { ...data } },
  ]);
  if (!row) throw new Error('no row');
  return describeRow(row, i18next.t, formatters('en-GB'));
}

describe('describeRow', () => {
  it.each([
    ['pilot', 'pilot.changed', { state: 'B', previous: 'A' }, 'Pilot A → B: vehicle plugged in'],
    [
      'system',
      'system.ventilation-required',
      { pilot: 'D' },
      'The vehicle requires ventilation (state D): no energy here',
    ],
    [
      'system',
      'system.contactor-rests',
      { closings: 6, forMs: 48_000 },
      'The contactor rests after 6 closings, for 48.0 s',
    ],
    [
      'ocpp',
      'ocpp.message-dropped',
      { action: 'StartTransaction', reason: 'given up after 10 attempts: InternalError' },
      'StartTransaction given up: given up after 10 attempts: InternalError',
    ],
    ['energy', 'contactor.changed', { state: 'closed', reason: 'x' }, 'Contactor closed'],
    [
      'energy',
      'transaction.stopped',
      { reason: 'EVDisconnected', meterStart: 1000, meter: { energy: 8400 } },
      'Transaction stopped: vehicle unplugged, 7.40 kWh delivered',
    ],
    [
      'energy',
      'meter.sampled',
      { meter: { power: 46_000, energy: 1_219_530 } },
      'Meter 46.0 kW, 1,219.53 kWh',
    ],
    ['fault', 'fault.raised', { code: 'lock-failed', text: 'Lock failed' }, 'Fault: Lock failed'],
  ] as const)('%s %s in words', (source, type, data, title) =>
    expect(say(source, type, data).title).toBe(title),
  );

  it('every type that the charge itself records has a sentence', () => {
    for (const type of [
      'pilot.changed',
      'pilot.duty',
      'contactor.changed',
      'lock.changed',
      'session.began',
      'session.kind',
      'session.ended',
      'authorization.requested',
      'authorization.answered',
      'transaction.started',
      'transaction.stopped',
      'meter.sampled',
      'limit.changed',
      'fault.raised',
      'fault.cleared',
    ])
      expect(say('system', type, {}).title, type).not.toBe(type);
  });

  it.each([
    ['slac', 'slac.modem', { state: 'ready', vendor: 'qualcomm', what: '', next: '' }],
    ['slac', 'slac.modem', { state: 'found', vendor: 'qualcomm', version: 'MAC-QCA7005' }],
    ['slac', 'slac.network', { stations: [{ mac: 'a' }] }],
    ['slac', 'slac.validation', { step: 'success', toggles: 2 }],
    ['slac', 'slac.amp-map', { direction: 'out', carriers: 917, taken: true }],
    ['slac', 'slac.paused', {}],
    ['slac', 'slac.resumed', {}],
    ['slac', 'slac.tolerated', { code: 'unicast', what: 'sent to one', evMac: 'm', runId: 'r' }],
    ['slac', 'slac.ignored', { name: 'CM_SLAC_PARM.REQ', from: 'm', why: 'five match already' }],
    ['slac', 'slac.interface', { ok: false, what: 'ev0: gone' }],
    ['slac', 'slac.undecodable', { length: 9, error: 'short' }],
    ['slac', 'slac.suppressed', { reports: 3 }],
    ['v2g', 'v2g.session', { sessionId: '01', evccId: '02', joined: true }],
    ['v2g', 'v2g.connected', { remote: 'fe80::1', security: 'none' }],
    ['v2g', 'v2g.refused', { remote: 'fe80::1', reason: 'a session is running' }],
    ['v2g', 'v2g.listening', { address: 'fe80::2', port: 61_000 }],
    ['v2g', 'v2g.not-listening', {}],
    ['v2g', 'v2g.failure', { code: 'sdp.bind', reason: 'in use' }],
    ['v2g', 'v2g.suppressed', { entries: 7 }],
    ['vas', 'vas.selected', { services: [] }],
    ['vas', 'vas.plan', { interface: 'ev0', uplink: 'up0' }],
    ['vas', 'vas.up', { ports: [80, 443] }],
    ['vas', 'vas.step-failed', { step: 'forward', said: 'no' }],
    ['vas', 'vas.left-behind', { step: 'forward', said: 'no' }],
    ['vas', 'vas.failed', { code: 'no-tool', text: 'radvd is missing' }],
    ['vas', 'vas.ended', { reason: 'unplugged', bytesUp: 1200, bytesDown: 2_000_000 }],
    ['vas', 'vas.recovered', { removed: 3 }],
    ['ocpp', 'ocpp.refused', { action: 'Reset', code: 'NotSupported' }],
    ['ocpp', 'ocpp.reset', { type: 'Soft' }],
    ['ocpp', 'ocpp.configuration-changed', { key: 'HeartbeatInterval', value: '60' }],
    ['ocpp', 'ocpp.clock', { driftMs: 4000 }],
    ['ocpp', 'ocpp.card-refused', { transaction: 't', status: 'Blocked', stop: true }],
    ['ocpp', 'ocpp.message-failed', { action: 'MeterValues', attempts: 1, reason: 'Timeout' }],
    ['system', 'system.replugged', { unseenMs: 4380 }],
    ['system', 'system.clock-right', { sinceBoot: 5 }],
  ] as const)(
    '%s: %s is a sentence with what it tells of, in each language',
    (source, type, data) => {
      const german = i18next.getFixedT('de');
      const [row] = rowsOf([
        { id: 1, at: '2026-01-01T10:00:00.000Z', source, type, data: { ...data } },
      ]);
      const texts = [say(source, type, data), describeRow(row!, german, formatters('de-DE'))];
      for (const { title, facts } of texts) {
        expect(title).not.toBe(type);
        expect(title).not.toMatch(/[{}]|undefined|NaN|\[object/);
        expect(facts).toBeUndefined();
      }
      expect(new Set(texts.map(({ title }) => title)).size).toBe(type === 'slac.interface' ? 1 : 2);
    },
  );

  it('says how much internet a car used, and what the modem is', () => {
    expect(
      say('vas', 'vas.ended', { reason: 'unplugged', bytesUp: 1200, bytesDown: 2_000_000 }),
    ).toMatchObject({
      title: 'Vehicle internet ended: unplugged, 2.0 MB used',
    });
    expect(
      say('slac', 'slac.modem', { state: 'found', vendor: 'qualcomm', version: 'MAC-QCA7005' })
        .title,
    ).toBe('Modem found: qualcomm MAC-QCA7005');
    expect(say('slac', 'slac.network', { stations: [{ mac: 'a' }] }).title).toBe(
      '1 station in the modem’s network',
    );
  });

  it('a message shows name, response code and time taken', () => {
    expect(
      say('v2g', 'v2g.message', { name: 'SessionSetupRes', responseCode: 'OK', tookMs: 14 }),
    ).toMatchObject({ title: 'SessionSetupRes', result: 'OK', took: '14 ms', tone: 'idle' });
  });

  it.each(['FAILED_UnknownSession', 'Rejected', 'Blocked', 'Timeout', 'FormationViolationError'])(
    'the result %s stands out',
    (status) => expect(say('ocpp', 'ocpp.result', { action: 'X', status }).tone).toBe('bad'),
  );

  it('a type that nobody has described keeps its own name and shows its data', () => {
    expect(say('vas', 'vas.lease', { address: '10.1.0.2', seconds: 60 })).toMatchObject({
      title: 'vas.lease',
      facts: 'address 10.1.0.2 · seconds 60',
    });
  });

  it('broken data of a known type does not break the line', () => {
    expect(say('energy', 'transaction.started', { meter: 'no' }).title).toBe(
      'Transaction started at 0 Wh',
    );
  });
});

describe('raw bytes', () => {
  it('are found by name and shape', () => {
    expect(bytesOf({ exi: '80 98 02 10 11 22', idTag: 'abcdefabcdef', raw: 'no hex' })).toEqual([
      ['exi', '809802101122'],
    ]);
  });

  it('are dumped sixteen a line', () => {
    expect(hexDump('00'.repeat(17)).split('\n')).toEqual([
      `0000  ${Array(16).fill('00').join(' ')}`,
      '0010  00',
    ]);
  });
});
