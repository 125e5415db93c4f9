import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { KNOWN_ACTIONS } from './actions.ts';
import { isDateTime, parseDateTime } from './date-time.ts';
import { type Action, checkRequest, checkResponse } from './validate.ts';

const code = (action: Action, payload: object) => {
  const checked = checkRequest(action, payload as Record<string, unknown>);
  return checked.ok ? 'ok' : checked.error.code;
};

describe('payloads of CALLs', () => {
  it.each<[string, Action, object, string]>([
    ['valid', 'ChangeConfiguration', { key: 'a', value: 'b' }, 'ok'],
    ['missing field', 'ChangeConfiguration', { key: 'a' }, 'FormationViolation'],
    ['wrong type', 'ChangeConfiguration', { key: ['a'], value: 'b' }, 'FormationViolation'],
    ['too long', 'RemoteStartTransaction', { idTag: 'x'.repeat(21) }, 'FormationViolation'],
    ['extra field', 'ChangeConfiguration', { key: 'a', value: 'b', c: 1 }, 'FormationViolation'],
    ['number as text', 'RemoteStopTransaction', { transactionId: '1' }, 'FormationViolation'],
    ['1.0 for an integer', 'RemoteStopTransaction', { transactionId: 1.0 }, 'ok'],
    [
      'fraction for an integer',
      'RemoteStopTransaction',
      { transactionId: 1.5 },
      'FormationViolation',
    ],
    ['value outside of its list', 'Reset', { type: 'Warm' }, 'PropertyConstraintViolation'],
    [
      'time without zone',
      'StopTransaction',
      { meterStop: 1, transactionId: 1, timestamp: '2026-01-01T00:00:00' },
      'FormationViolation',
    ],
  ])('%s', (_, action, payload, expected) => {
    expect(code(action, payload)).toBe(expected);
  });

  it('takes a limit of 8.1 A, which is no multiple of 0.1 in binary', () => {
    const limits = Array.from({ length: 401 }, (_, index) => index / 10);
    const refused = limits.filter(
      (limit) =>
        code('RemoteStartTransaction', {
          idTag: 'A',
          chargingProfile: {
            chargingProfileId: 1,
            stackLevel: 0,
            chargingProfilePurpose: 'TxProfile',
            chargingProfileKind: 'Relative',
            chargingSchedule: {
              chargingRateUnit: 'A',
              chargingSchedulePeriod: [{ startPeriod: 0, limit }],
            },
          },
        }) !== 'ok',
    );
    expect(refused).toEqual([]);
    expect(limits).toContain(8.1);
  });
});

describe('payloads of CALLRESULTs', () => {
  it('may hold extra fields, empty optional texts and nulls: they count as absent', () => {
    expect(
      checkResponse('Authorize', {
        idTagInfo: { status: 'Accepted', parentIdTag: '', expiryDate: null, extra: 1 },
        vendor: { a: 1 },
      }),
    ).toEqual({ ok: true, value: { idTagInfo: { status: 'Accepted' } } });
  });

  it('may leave the zone out of a time', () => {
    expect(checkResponse('Heartbeat', { currentTime: '2026-01-01T00:00:00' }).ok).toBe(true);
  });

  it.each<[Action, object]>([
    ['Authorize', { idTagInfo: {} }],
    ['StartTransaction', { idTagInfo: { status: 'Accepted' } }],
    ['StartTransaction', { idTagInfo: { status: 'Accepted' }, transactionId: 'abc' }],
    ['BootNotification', { status: 'Accepted', currentTime: 'now', interval: 300 }],
  ])('are refused when they lack what they must say: %s %j', (action, payload) => {
    expect(checkResponse(action, payload as Record<string, unknown>).ok).toBe(false);
  });
});

describe('times', () => {
  it.each([
    ['2026-01-02T03:04:05Z', Date.UTC(2026, 0, 2, 3, 4, 5)],
    ['2026-01-02T03:04:05.5Z', Date.UTC(2026, 0, 2, 3, 4, 5, 500)],
    ['2026-01-02T03:04:05+02:00', Date.UTC(2026, 0, 2, 1, 4, 5)],
    ['2026-01-02T03:04:05', Date.UTC(2026, 0, 2, 3, 4, 5)],
    ['2016-12-31T23:59:60Z', Date.UTC(2016, 11, 31, 23, 59, 59)],
    ['2026-02-30T00:00:00Z', undefined],
    ['yesterday', undefined],
    ['2026-01-02', undefined],
  ])('%s', (text, at) => {
    expect(parseDateTime(text)).toBe(at);
  });

  it('of CALLs need a zone', () => {
    expect(isDateTime('2026-01-02T03:04:05')).toBe(false);
  });
});

const oca = join(import.meta.dirname, '../../../../../../shared/data/ocpp-schemas/1.6');

describe.skipIf(!existsSync(oca))(
  'against the schemas of the OCA (skipped where ../shared is absent)',
  () => {
    const ajv = new Ajv({
      strict: false,
      meta: false,
      validateSchema: false,
      multipleOfPrecision: 6,
      formats: { 'date-time': isDateTime, uri: true },
    });
    const schema = (name: string) => {
      const {
        id: _,
        $id: __,
        $schema: ___,
        ...rest
      } = JSON.parse(readFileSync(join(oca, `${name}.json`), 'utf8')) as Record<string, unknown>;
      return ajv.compile(rest);
    };

    it('knows every action', () => {
      const names = readdirSync(oca)
        .map((file) => file.replace('.json', ''))
        .filter((name) => !name.endsWith('Response'));
      expect([...KNOWN_ACTIONS].toSorted()).toEqual(names.toSorted());
    });

    it('agrees on valid and invalid payloads of the messages in use', () => {
      const at = '2026-01-01T00:00:00Z';
      const meterValue = [{ timestamp: at, sampledValue: [{ value: '1', unit: 'Wh' }] }];
      const samples: [Action, Record<string, unknown>][] = [
        ['Authorize', { idTag: 'A' }],
        ['BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' }],
        ['DataTransfer', { vendorId: 'V', data: 'x' }],
        ['Heartbeat', {}],
        ['MeterValues', { connectorId: 1, transactionId: 2, meterValue }],
        ['StartTransaction', { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: at }],
        [
          'StatusNotification',
          { connectorId: 0, errorCode: 'NoError', status: 'Available', timestamp: at },
        ],
        ['StopTransaction', { meterStop: 1, timestamp: at, transactionId: 2, reason: 'Local' }],
        ['ChangeAvailability', { connectorId: 1, type: 'Operative' }],
        ['ChangeConfiguration', { key: 'k', value: 'v' }],
        ['GetConfiguration', { key: ['k'] }],
        ['RemoteStartTransaction', { connectorId: 1, idTag: 'A' }],
        ['RemoteStopTransaction', { transactionId: 1 }],
        ['Reset', { type: 'Hard' }],
        ['TriggerMessage', { requestedMessage: 'Heartbeat' }],
        ['UnlockConnector', { connectorId: 1 }],
      ];
      let compared = 0;
      for (const [action, payload] of samples) {
        const pristine = schema(action);
        const variants = [
          payload,
          { ...payload, extra: 1 },
          ...Object.keys(payload).flatMap((key) => [
            Object.fromEntries(Object.entries(payload).filter(([each]) => each !== key)),
            { ...payload, [key]: { a: 1 } },
            { ...payload, [key]: 'x'.repeat(600) },
          ]),
        ];
        for (const variant of variants) {
          compared++;
          expect([
            action,
            JSON.stringify(variant).slice(0, 80),
            checkRequest(action, variant).ok,
          ]).toEqual([action, JSON.stringify(variant).slice(0, 80), pristine(variant)]);
        }
      }
      expect(compared).toBeGreaterThan(100);
    });
  },
);
