import { describe, expect, it } from 'vitest';
import { exiBatch, exiBatchLine } from './exi-batch.ts';

const exiHex = '809802004080c1014181c211d01800000000000000';
const json = {
  V2G_Message: {
    Header: { SessionID: '0102030405060708' },
    Body: { SessionSetupReq: { EVCCID: '000000000000' } },
  },
};
const line = (request: unknown): string => JSON.stringify(request);

describe('exiBatch', () => {
  it('decodes a line', () => {
    expect(exiBatch(line({ id: 'a', protocol: 'iso2', exiHex }))).toEqual({ id: 'a', json });
  });

  it('encodes a line', () => {
    expect(exiBatch(line({ id: 7, protocol: 'iso2', json }))).toEqual({ id: 7, exiHex });
  });

  it('takes the direction that it is told', () => {
    const both = line({ id: 1, protocol: 'iso2', exiHex, json });
    expect(exiBatch(both, 'encode')).toEqual({ id: 1, exiHex });
    expect(exiBatch(both, 'decode')).toEqual({ id: 1, json });
  });

  it('names place and reason of a bad stream', () => {
    const answer = exiBatch(line({ id: 'x', protocol: 'iso2', exiHex: exiHex.slice(0, 20) }));
    expect(answer).toMatchObject({
      id: 'x',
      error: { code: 'exi.short', offset: 3, path: 'V2G_Message/Header/SessionID' },
    });
  });

  it('names the field of a bad message', () => {
    const bad = {
      V2G_Message: { ...json.V2G_Message, Body: { SessionSetupReq: { EVCCID: 'xx' } } },
    };
    expect(exiBatch(line({ id: 'x', protocol: 'iso2', json: bad }))).toMatchObject({
      error: { code: 'exi.value', path: 'V2G_Message/Body/SessionSetupReq/EVCCID' },
    });
  });

  it('writes back what a peer sent, and holds facets only when asked', () => {
    const odd = {
      V2G_Message: { ...json.V2G_Message, Body: { SessionSetupReq: { EVCCID: '0'.repeat(20) } } },
    };
    expect(exiBatch(line({ id: 1, protocol: 'iso2', json: odd }))).toHaveProperty('exiHex');
    const exact = exiBatch(line({ id: 1, protocol: 'iso2', json: odd, facets: 'exact' }));
    expect(exact).toMatchObject({
      error: { message: expect.stringContaining('length 10, must be 0 to 6') },
    });
  });

  it.each([
    ['', null, 'batch.json'],
    ['[1]', null, 'batch.line'],
    ['{"id":3}', 3, 'batch.line'],
    ['{"id":3,"protocol":"iso2"}', 3, 'batch.line'],
    ['{"id":3,"protocol":"iso2","exiHex":7}', 3, 'batch.line'],
    ['{"id":{"a":1},"protocol":"iso2","exiHex":"80"}', null, 'batch.line'],
    ['{"id":[3],"protocol":"iso2","exiHex":"80"}', null, 'batch.line'],
    ['{"id":true,"protocol":"iso2","exiHex":"80"}', null, 'batch.line'],
    ['{"id":3,"protocol":"iso2","exiHex":"80","facets":"exakt"}', 3, 'batch.line'],
    ['{"id":3,"protocol":"iso2","exiHex":"80","facets":null}', 3, 'batch.line'],
    ['{"id":3,"protocol":"iso2","exiHex":"8"}', 3, 'hex.odd'],
    ['{"id":3,"protocol":"iso2","exiHex":"zz"}', 3, 'hex.digit'],
    ['{"id":3,"protocol":"iso3","exiHex":"80"}', 3, 'exi.protocol'],
    ['{"id":3,"protocol":"iso2","json":[]}', 3, 'exi.value'],
    ['{"id":3,"protocol":"iso2","json":{"__proto__":{}}}', 3, 'exi.value'],
    ['{"id":3,"protocol":"iso2","json":{"Nothing":{}}}', 3, 'exi.value'],
    ['{"id":3,"protocol":"iso2-fragment","json":{"Nothing":{}}}', 3, 'exi.value'],
  ])('answers %s', (text, id, code) => {
    expect(JSON.parse(exiBatchLine(text))).toMatchObject({ id, error: { code } });
  });

  it('answers a line whose id goes deeper than JSON can be written', () => {
    const deep = `{"id":${'['.repeat(200_000)}${']'.repeat(200_000)},"protocol":"iso2","exiHex":"${exiHex}"}`;
    expect(JSON.parse(exiBatchLine(deep))).toMatchObject({ id: null, error: {} });
  });

  it('finds out the protocol where the message tells it', () => {
    expect(exiBatch(line({ id: 1, exiHex }))).toEqual({ id: 1, json });
    const sap = {
      supportedAppProtocolRes: { ResponseCode: 'OK_SuccessfulNegotiation', SchemaID: 1 },
    };
    const encoded = exiBatch(line({ id: 1, json: sap }));
    expect(encoded).toEqual(exiBatch(line({ id: 1, protocol: 'sap', json: sap })));
    expect(encoded).toHaveProperty('exiHex');
    expect(exiBatch(line({ json: { SessionStopRes: {} } }))).toMatchObject({
      error: { code: 'exi.value', path: 'SessionStopRes' },
    });
  });

  it.each([
    [{ exiHex: '80ff' }, 'the bytes tell no protocol'],
    [{ exiHex: '' }, 'the bytes tell no protocol'],
    [{ json }, 'V2G_Message is a message of several protocols'],
    [{ json: { Nothing: {} } }, 'the root element tells no protocol'],
    [{ json: null }, 'the root element tells no protocol'],
    [{ json: { __proto__: null, toString: {} } }, 'the root element tells no protocol'],
  ])('asks for the protocol of %j', (request, message) => {
    expect(exiBatch(line(request))).toMatchObject({
      error: { code: 'exi.protocol', message: expect.stringContaining(message) },
    });
  });

  it('names the protocols there are', () => {
    const answer = exiBatchLine('{"protocol":"chademo","exiHex":"80"}');
    expect(answer).toContain('sap');
    expect(answer).toContain('iso20-wpt');
  });
});
