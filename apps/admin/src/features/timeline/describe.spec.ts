import type { TimelineEntry } from '@kerbside/contracts';
import { formatters } from '@kerbside/ui';
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../i18n/en.ts';
import { describeRow } from './describe.ts';
import { bytesOf, hexDump } from './entry-data.ts';
import { rowsOf } from './rows.ts';

beforeAll(() =>
  i18next.init({
    lng: 'en',
    resources: { en: { translation: en } },
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
