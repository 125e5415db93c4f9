import { existsSync } from 'node:fs';
import { fromHex, toHex } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import { decodeExi, encodeExi, exiFrames, explainExi } from '../src/index.ts';
import { capturedVectors, SHARED_DATA } from './exi-vectors.ts';
import { tcpStreams } from './pcap.ts';

const CAPTURES = `${SHARED_DATA}captures/`;
/** Captures in clear, and how many EXI messages tshark finds in each. */
const CLEAR: readonly (readonly [file: string, messages: number])[] = [
  ['real-cars/audi-dc-iso2.pcap', 1492],
  ['real-cars/porsche-taycan-4s-driverside-ac-iso2.pcap', 514],
  ['real-cars/porsche-taycan-4s-otherside-ac-iso2.pcap', 860],
  ['real-cars/tesla-3-din.pcap', 4428],
  ['real-cars/vw-ac-iso2.pcap', 18],
  ['simulator/iso15118-v2g-protocol-handshake.pcapng', 3],
  ['simulator/iso15118-v2g-session-set.pcapng', 5],
  ['josev/josev-din-dc.pcapng', 58],
  ['josev/josev-iso2-ac-eim.pcapng', 38],
  ['josev/josev-iso2-dc-eim.pcapng', 60],
  ['josev/josev-iso20-ac-bpt.pcapng', 44],
  ['josev/josev-iso20-ac.pcapng', 44],
  ['josev/josev-iso20-dc-bpt.pcapng', 68],
  ['josev/josev-iso20-dc.pcapng', 66],
  ['josev/josev-multi.pcapng', 60],
];

const josev = capturedVectors();

/** What is not written back as it was read; bytes after the end of a message (Tesla sends one) are none of it. */
function changed(protocol: string, exiHex: string): string[] {
  const bytes = fromHex(exiHex);
  const { spans } = explainExi(protocol, bytes);
  const trailing = spans.find(({ kind }) => kind === 'trailing');
  const message = toHex(bytes.subarray(0, (trailing?.bitOffset ?? bytes.length * 8) / 8));
  const json = decodeExi(protocol, bytes, { facets: 'ignored' });
  const again = toHex(encodeExi(protocol, json, { facets: 'ignored' }));
  return again === message ? [] : [`${protocol} ${exiHex} is written ${again}`];
}

describe('captured messages', () => {
  it.each([...new Set(josev.map(({ capture }) => capture))])(
    '%s: read, and written back bit for bit',
    (name) => {
      const own = josev.filter(({ capture }) => capture === name);
      expect(own.flatMap(({ protocol, exiHex }) => changed(protocol, exiHex))).toEqual([]);
    },
  );

  describe.skipIf(!existsSync(CAPTURES))('(needs ../shared/data/captures)', () => {
    it.each(CLEAR)('%s: %d, read, and written back bit for bit', (file, messages) => {
      const frames = tcpStreams(CAPTURES + file).flatMap(({ bytes }) => [...exiFrames(bytes)]);
      expect(frames).toHaveLength(messages);
      const distinct = new Map(frames.map(({ protocol = '', bytes }) => [toHex(bytes), protocol]));
      const found = [...distinct].flatMap(([hex, protocol]) => changed(protocol, hex));
      expect(found).toEqual([]);
    });
  });
});
