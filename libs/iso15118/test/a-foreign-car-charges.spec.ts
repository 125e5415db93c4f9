import { describe, expect, it } from 'vitest';
import { fromHex, millis, toHex } from '@kerbside/kernel';
import { ManualClock, SeededRandom, collectingLogger } from '@kerbside/kernel/testing';
import { createSecc, encodeV2gtp, V2gtpFramer, type SeccReport } from '@kerbside/iso15118';
import { fakeEvse } from '@kerbside/iso15118/testing';
import { readIso2 } from '../src/iso2/codec.ts';
import { decodeSap } from '../src/messages/sap/codec.ts';
import ac from './fixtures/foreign-iso2-ac-eim.json' with { type: 'json' };
import dc from './fixtures/foreign-iso2-dc-eim.json' with { type: 'json' };
import { seccConfig } from './session.ts';

interface Recorded {
  readonly messages: readonly { readonly from: string; readonly exi: string }[];
}

const codeOf = (exi: Uint8Array): string => {
  const { name, body } = readIso2(exi);
  const content = Object.values(body)[0] as { ResponseCode?: string; EVSEProcessing?: string };
  return `${name} ${content.ResponseCode}`;
};

/** The recorded car's session id replaced by the one that our SECC gave it. */
function withSession(exi: Uint8Array, session: Uint8Array | undefined): Uint8Array {
  const recorded = readIso2(exi).sessionId;
  if (!session || recorded.every((byte) => byte === 0)) return exi;
  // The header is bit-packed: the id stands shifted, so it is found and replaced as bits.
  const bits = (bytes: Uint8Array) =>
    [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const replaced = bits(exi).replace(bits(recorded), bits(session));
  return Uint8Array.from(replaced.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

async function replay(kind: 'AC' | 'DC', { messages }: Recorded) {
  const clock = new ManualClock();
  const evse = fakeEvse(kind, clock);
  const log = collectingLogger();
  const reports: SeccReport[] = [];
  const answers: Uint8Array[] = [];
  const framer = new V2gtpFramer();
  const secc = createSecc({
    config: { ...seccConfig(kind), services: [] },
    side: evse,
    ports: { clock, random: new SeededRandom(3), log },
    transport: {
      remote: 'replay',
      security: 'none',
      close: () => {},
      send(bytes) {
        framer.push(bytes);
        for (let m = framer.next(); m; m = framer.next()) answers.push(m.payload);
      },
    },
    report: (report) => reports.push(report),
  });
  // The foreign SECC authorised at once and tested its cable within one turn: so does this one.
  evse.live.authorization = 'accepted';
  if (kind === 'DC') {
    const { request } = evse;
    evse.request = (r) => {
      request(r);
      if (r.request === 'cable-check') evse.live.cableCheck = 'valid';
    };
  }
  let session: Uint8Array | undefined;
  for (const [index, { from, exi }] of messages.entries()) {
    if (from !== 'car') continue;
    const payload = index === 0 ? fromHex(exi) : withSession(fromHex(exi), session);
    secc.onBytes(encodeV2gtp('exi', payload));
    await clock.run(millis(20), 5);
    if (index > 0) session ??= readIso2(answers.at(-1) as Uint8Array).sessionId;
  }
  return { secc, answers, reports, log, evse };
}

describe.each([
  ['AC', ac],
  ['DC', dc],
] as const)('a recorded %s session of a foreign car', (kind, recorded) => {
  const theirs = recorded.messages.filter(({ from }) => from === 'charger');

  it('gets from our SECC the response codes that it got from its own', async () => {
    const { answers, secc, log } = await replay(kind, recorded);
    expect(answers).toHaveLength(theirs.length);
    const [first, ...rest] = answers as [Uint8Array, ...Uint8Array[]];
    expect(decodeSap(first)).toEqual(decodeSap(fromHex(theirs[0]?.exi ?? '')));
    expect(rest.map(codeOf)).toEqual(theirs.slice(1).map(({ exi }) => codeOf(fromHex(exi))));
    expect(secc.state).toBe('ended');
    expect(log.lines).toEqual([]);
  });

  it('is reported message by message, with the bytes of both sides', async () => {
    const { reports, answers } = await replay(kind, recorded);
    const seen = reports.flatMap((r) => (r.report === 'message' ? [r] : []));
    expect(seen).toHaveLength(recorded.messages.length);
    expect(seen.filter((r) => r.direction === 'out').map((r) => toHex(r.raw))).toEqual(
      answers.map((bytes) => toHex(bytes)),
    );
    expect(reports.at(-1)).toMatchObject({ report: 'state', state: 'ended' });
    expect(reports).toContainEqual({ report: 'ended', reason: 'SessionStopReq', ok: true });
  });
});
