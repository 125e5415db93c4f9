import { describe, expect, it } from 'vitest';
import { WireError, fromHex, toHex } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { ipv6FromText, ipv6ToText } from './ipv6-text.ts';
import { decodeSdpRequest, decodeSdpResponse, encodeSdpRequest, encodeSdpResponse } from './sdp.ts';

// Datagrams of a recorded session of a foreign stack.
const REQUEST = '01fe9000000000021000';
const RESPONSE = '01fe900100000014fe8000000000000000ba37fffea4889ae6ce1000';

describe('SDP', () => {
  it('reads and writes a recorded request', () => {
    expect(decodeSdpRequest(fromHex(REQUEST))).toEqual({ security: 'none' });
    expect(toHex(encodeSdpRequest({ security: 'none' }))).toBe(REQUEST);
    expect(toHex(encodeSdpRequest({ security: 'tls' }))).toBe('01fe9000000000020000');
  });

  it('reads and writes a recorded response', () => {
    const response = decodeSdpResponse(fromHex(RESPONSE));
    expect(ipv6ToText(response.address)).toBe('fe80:0:0:0:ba:37ff:fea4:889a');
    expect([response.port, response.security]).toEqual([59086, 'none']);
    expect(toHex(encodeSdpResponse(response))).toBe(RESPONSE);
  });

  it.each([
    ['01fe9000000000022000', 'sdp.security'],
    ['01fe9000000000021010', 'sdp.transport'],
    ['01fe900000000003100000', 'sdp.length'],
    ['01fe9000000000021', 'hex.odd'],
    ['01fe80010000000480400040', 'sdp.type'],
    ['01fe90000000000210', 'v2gtp.length'],
  ])('refuses %s: %s', (hex, code) => {
    expect(() => decodeSdpRequest(fromHex(hex))).toThrow(expect.objectContaining({ code }));
  });

  it('never throws anything but a WireError (seed 3, 20,000 datagrams)', () => {
    const random = new SeededRandom(3);
    const foreign: unknown[] = [];
    for (let round = 0; round < 20_000; round++) {
      const bytes = fromHex(random.pick([REQUEST, RESPONSE])).slice(0, random.int(30));
      for (let i = random.int(3); i > 0; i--) bytes[random.int(bytes.length)] = random.int(256);
      for (const decode of [decodeSdpRequest, decodeSdpResponse]) {
        try {
          decode(bytes);
        } catch (error) {
          if (!(error instanceof WireError)) foreign.push(error);
        }
      }
    }
    expect(foreign).toEqual([]);
  });
});

describe('IPv6 text', () => {
  it.each([
    ['::1', '0:0:0:0:0:0:0:1'],
    ['fe80::1:2%eth0', 'fe80:0:0:0:0:0:1:2'],
    ['::', '0:0:0:0:0:0:0:0'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
  ])('%s', (text, whole) => expect(ipv6ToText(ipv6FromText(text))).toBe(whole));

  it.each(['', '1', ':::', '1::2::3', '12345::', 'g::', '127.0.0.1', '1:2:3:4:5:6:7:8:9'])(
    'refuses "%s"',
    (text) => expect(() => ipv6FromText(text)).toThrow(WireError),
  );
});
