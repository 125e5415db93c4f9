import { fromHex, toHex, WireError } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import { iso2 } from '../../index.ts';
import { recogniseExi } from '../exi-protocol.ts';

const sessionId = fromHex('0102030405060708');

describe('iso2Message and bodyOf', () => {
  const message = iso2.iso2Message(sessionId, 'CurrentDemandReq', {
    DC_EVStatus: { EVReady: true, EVErrorCode: 'NO_ERROR', EVRESSSOC: 55 },
    EVTargetCurrent: { Multiplier: -1, Unit: 'A', Value: 320 },
    ChargingComplete: false,
    EVTargetVoltage: { Multiplier: 0, Unit: 'V', Value: 400 },
  });

  it('come back from the wire as they were', () => {
    expect(iso2.decodeIso2(iso2.encodeIso2(message))).toEqual(message);
  });

  it('narrow by name', () => {
    const body = iso2.bodyOf(message);
    expect(body?.name === 'CurrentDemandReq' && body.value.EVTargetCurrent.Value).toBe(320);
    expect(iso2.bodyOf({ ...message, Body: {} })).toBeUndefined();
  });

  it('leaves out what is undefined', () => {
    const bytes = iso2.encodeIso2(
      iso2.iso2Message(sessionId, 'ServiceDiscoveryReq', { ServiceScope: undefined }),
    );
    expect(iso2.bodyOf(iso2.decodeIso2(bytes))).toEqual({ name: 'ServiceDiscoveryReq', value: {} });
  });

  it('refuses both of a substitution group', () => {
    const status = { NotificationMaxDelay: 0, EVSENotification: 'None' } as const;
    const both = {
      ResponseCode: 'OK',
      AC_EVSEStatus: { ...status, RCD: false },
      DC_EVSEStatus: { ...status, EVSEStatusCode: 'EVSE_Ready' },
    } as unknown as iso2.PowerDeliveryResType;
    expect(() => iso2.encodeIso2(iso2.iso2Message(sessionId, 'PowerDeliveryRes', both))).toThrow(
      'PowerDeliveryRes: DC_EVSEStatus is too many, or excluded by what stands before it',
    );
  });
});

describe('what cars send', () => {
  it.each(['', '00', '00000000', '0102030405060708'])('a session id of "%s"', (id) => {
    const bytes = iso2.encodeIso2(
      iso2.iso2Message(fromHex(id), 'SessionSetupReq', { EVCCID: fromHex('0a0b0c0d0e0f') }),
    );
    expect(toHex(iso2.decodeIso2(bytes).Header.SessionID)).toBe(id);
  });

  it('an EVCCID of eight bytes', () => {
    const message = iso2.iso2Message(sessionId, 'SessionSetupReq', { EVCCID: sessionId });
    expect(() => iso2.encodeIso2(message)).toThrow('length 8, must be 0 to 6');
    const bytes = iso2.encodeIso2(message, { facets: 'tolerant' });
    expect(iso2.decodeIso2(bytes)).toEqual(message);
  });

  it('the message of another protocol is refused', () => {
    expect(() => iso2.decodeIso2(fromHex('809a0011d0200003c1fc3001ac7000'))).toThrow(WireError);
  });
});

describe('recogniseExi', () => {
  it.each([
    ['8000dbab', 'sap'],
    ['80400040', 'sap'],
    ['809a0011', 'din'],
    ['80980200', 'iso2'],
    ['80fe', undefined],
    ['4084', undefined],
    ['80', undefined],
  ])('%s is %s', (hex, protocol) => {
    expect(recogniseExi(fromHex(hex))).toBe(protocol);
  });
});
