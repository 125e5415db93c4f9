import { describe, expect, it } from 'vitest';
import type { JournalFact, QueueRow } from '../../../ports.ts';
import { queueRowsOf } from './queue-rows.ts';
import { render } from './render.ts';

const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const meter = {
  at,
  energy: 1234.4,
  power: 11_000,
  voltage: [230, 231, 229.96],
  current: [16, 16, 15.94],
};
const started: JournalFact = {
  at,
  type: 'transaction.started',
  data: { transaction: 't1', connector: 1, idToken: 'CARD-OF-MORE-THAN-20-CHARACTERS', meter },
};
const sampled = (data: object): JournalFact => ({
  at,
  type: 'meter.sampled',
  data: { transaction: 't1', connector: 1, meter, context: 'Sample.Periodic', ...data },
});
const stopped = (data: object): JournalFact => ({
  at,
  type: 'transaction.stopped',
  data: { transaction: 't1', connector: 1, meterStart: 1234.4, meter, reason: 'Local', ...data },
});
const payload = (fact: JournalFact, settings?: Parameters<typeof queueRowsOf>[1]) =>
  JSON.parse(queueRowsOf(fact, settings)[0]?.body ?? 'null') as Record<string, unknown>;

describe('queueRowsOf', () => {
  it('makes StartTransaction with the register in whole watt-hours and the idTag cut to 20', () => {
    expect(queueRowsOf(started)).toEqual([
      {
        action: 'StartTransaction',
        transaction: 't1',
        body: JSON.stringify({
          connectorId: 1,
          idTag: 'CARD-OF-MORE-THAN-20',
          meterStart: 1234,
          timestamp: '2026-01-02T03:04:05.678Z',
        }),
      },
    ]);
  });

  it('makes MeterValues of the configured measurands, values as text, per phase', () => {
    expect(
      payload(sampled({ soc: 42, offered: 16 }), {
        sampledData: ['Energy.Active.Import.Register', 'Current.Import', 'Voltage', 'SoC'],
      }),
    ).toEqual({
      connectorId: 1,
      meterValue: [
        {
          timestamp: '2026-01-02T03:04:05.678Z',
          sampledValue: [
            ['1234', 'Energy.Active.Import.Register', 'Wh'],
            ['16', 'Current.Import', 'A', 'L1'],
            ['16', 'Current.Import', 'A', 'L2'],
            ['15.9', 'Current.Import', 'A', 'L3'],
            ['230', 'Voltage', 'V', 'L1-N'],
            ['231', 'Voltage', 'V', 'L2-N'],
            ['230', 'Voltage', 'V', 'L3-N'],
            ['42', 'SoC', 'Percent'],
          ].map(([value, measurand, unit, phase]) => ({
            value,
            measurand,
            unit,
            ...(phase ? { phase } : {}),
            ...(measurand === 'SoC' ? { location: 'EV' } : {}),
            context: 'Sample.Periodic',
          })),
        },
      ],
    });
  });

  it('makes no MeterValues without a value', () => {
    expect(queueRowsOf(sampled({}), { sampledData: ['SoC'] })).toEqual([]);
    expect(queueRowsOf(sampled({ meter: { ...meter, energy: Number.NaN } }))).toEqual([]);
  });

  it('never lets meterStop fall below meterStart', () => {
    expect(payload(stopped({ meter: { ...meter, energy: 5 } }))['meterStop']).toBe(1234);
  });

  it.each([
    ['EVStopped', 'Local'],
    ['Storage', 'Other'],
    ['BoardLost', 'Other'],
    ['PowerLoss', 'PowerLoss'],
    ['UnlockCommand', 'UnlockCommand'],
  ])('reports the reason %s as %s', (reason, wire) => {
    expect(payload(stopped({ reason }))['reason']).toBe(wire);
  });

  it('names the idTag in StopTransaction only when a card ended it', () => {
    expect(payload(stopped({}))).not.toHaveProperty('idTag');
    expect(payload(stopped({ idToken: 'A' }))['idTag']).toBe('A');
  });

  it('makes nothing of any other entry', () => {
    expect(queueRowsOf({ at, type: 'pilot.changed', data: {} })).toEqual([]);
  });
});

describe('what a car used of the internet service', () => {
  const fact = {
    at: Date.UTC(2026, 0, 2, 3, 4, 5),
    evse: 2,
    session: 's-7',
    type: 'vas.ended',
    data: { bytesUp: 10, bytesDown: 2000, seconds: 61.5, ports: [80, 443], reason: 'SessionStop' },
  };

  it('is told by DataTransfer where that is configured', () => {
    const internetUse = { vendorId: 'org.example', messageId: 'InternetUse' };
    const [row, ...others] = queueRowsOf(fact, { sampledData: [], internetUse });
    expect(others).toEqual([]);
    expect(row).toMatchObject({ action: 'DataTransfer', transaction: '' });
    const body = JSON.parse(row?.body ?? '') as { data: string };
    expect(body).toMatchObject(internetUse);
    expect(JSON.parse(body.data)).toEqual({
      evse: 2,
      session: 's-7',
      ended: '2026-01-02T03:04:05.000Z',
      seconds: 61.5,
      bytesUp: 10,
      bytesDown: 2000,
      ports: [80, 443],
    });
    // It is sent as it stands: no transaction is its.
    expect(render({ ...(row as QueueRow), seq: 1, attempts: 0 }, 'minus-one')).toEqual({
      payload: row?.body,
    });
  });

  it('is nobody’s business else', () => {
    expect(queueRowsOf(fact)).toEqual([]);
  });
});
