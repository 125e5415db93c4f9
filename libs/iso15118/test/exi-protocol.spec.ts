import { fromHex } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import {
  encodeExi,
  exiBatch,
  ProtocolNeededError,
  protocolOfBytes,
  recogniseExi,
} from '../src/index.ts';
import { capturedVectors, fixtureNames, fixtureVectors } from './exi-vectors.ts';

const messages = fixtureNames()
  .filter((name) => !name.endsWith('-fragment'))
  .flatMap(fixtureVectors)
  .filter(({ tier }) => tier !== 'negative');
const of = (edition: RegExp) => messages.filter(({ protocol }) => edition.test(protocol));

/** The protocol of bytes, or that it must be named. */
const told = (bytes: Uint8Array): string => {
  try {
    return protocolOfBytes(bytes);
  } catch (error) {
    if (error instanceof ProtocolNeededError) return 'to be named';
    throw error;
  }
};

describe('the protocol of a message without its payload type', () => {
  const later = of(/^iso20/);

  it('is asked for where the message is one of ISO 15118-20, most of which begin as others do', () => {
    const like = (protocol: string) =>
      later.filter(({ exiHex }) => recogniseExi(fromHex(exiHex)) === protocol).length;
    expect(like('sap')).toBeGreaterThan(400);
    expect(like('iso2')).toBeGreaterThan(5);
    for (const { id, exiHex } of later)
      expect([id, exiBatch(JSON.stringify({ id, exiHex }))]).toMatchObject([
        id,
        { error: { code: 'exi.protocol' } },
      ]);
  });

  it('is found out for the handshake, DIN SPEC 70121 and ISO 15118-2', () => {
    const earlier = of(/^(sap|din|iso2)$/);
    expect(new Set(earlier.map(({ protocol }) => protocol)).size).toBe(3);
    for (const { id, protocol, exiHex } of earlier)
      expect([id, told(fromHex(exiHex))]).toEqual([id, protocol]);
    for (const { protocol, exiHex } of capturedVectors())
      if (!protocol.startsWith('iso20')) expect(told(fromHex(exiHex))).toBe(protocol);
  });

  it('is the handshake with one byte after it, and not with two, cut short or with content that none has', () => {
    const handshake = (...namespaces: readonly string[]): Uint8Array =>
      encodeExi('sap', {
        supportedAppProtocolReq: {
          AppProtocol: namespaces.map((ProtocolNamespace, i) => ({
            ProtocolNamespace,
            VersionNumberMajor: 2,
            VersionNumberMinor: 0,
            SchemaID: i + 1,
            Priority: i + 1,
          })),
        },
      });
    const good = handshake('urn:iso:15118:2:2013:MsgDef', 'urn:din:70121:2012:MsgDef');
    expect(told(good)).toBe('sap');
    expect(told(Uint8Array.of(...good, 0))).toBe('sap');
    expect(told(Uint8Array.of(...good, 0, 0))).toBe('to be named');
    expect(told(good.slice(0, -1))).toBe('to be named');
    expect(told(handshake('urn:\u0001'))).toBe('to be named');
  });

  it('is ISO 15118-2 also where the message is broken, so that the error says where', () => {
    expect(told(fromHex('80980239a8205325beb5'))).toBe('iso2');
  });
});
